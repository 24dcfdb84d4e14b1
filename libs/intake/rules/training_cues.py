"""Words by which a statement speaks of training a model, shared by the rules on rhythm and workloads."""

import re

_TRAINING = re.compile(
    r"\b(?:re-?\s?train\w*|train(?:s|ed|ing)?\b(?! (?:station|line|ride|ticket|operator|"
    r"driver|schedule|delay|arrival|company|network|"
    r"platform|compart|manual))|re-?fit\w*|fit (?:it|them|the model)|re-?learn\w*|learns? "
    r"(?:from|what|again|continuously|online|every|new)|"
    r"learning (?:from|online|continuously|job)|to learn again|re-?develop\w*|re-?build "
    r"(?:the |our )?(?:model|scorecard)\w*|re-?calibrat\w*|"
    r"fine-?tun\w*|new (?:model )?versions?|model versions?|new models?(?= (?:each|every|once|"
    r"per|a|quarterly|monthly|weekly|daily|nightly|hourly)\b)|"
    r"modelos? se (?:actuali[sz]|renuev)\w*|modell\w* (?:\w+ ){0,4}(?:aktualisier|erneuer)\w*|"
    r"modeles? (?:\w+ ){0,3}(?:mis|actualise|renouvele)\w*|(?:refresh|updat|chang|renew|"
    r"re-?estimat)\w* (?:of )?(?:the |our |our own |its |this |each )?models?|"
    r"models? (?:\w+ ){0,3}(?:refresh|updat|chang|renew|adapt|rebuilt|re-?estimat)\w*|model "
    r"(?:refresh|update)s?|adapts?\b|"
    r"nachtrain\w*|neu (?:trainier|anlern)\w*|trainier\w*|training\w*|anlern\w*|angelernt|"
    r"re-?entren\w*|entren\w*|aprend\w+ de|"
    r"re-?entrain\w*|entrain(?:er|e|ement|es|ons)\b|apprend\w* de|re-?apprentissage|mise a "
    r"jour du modele|addestra\w*|riaddestra\w*|"
    r"treina\w*|retreina\w*|hertrain\w*|hertraind|getraind)\b"
)
_NO_TRAINING = re.compile(
    r"\b(?:no|not|without|never|nothing to|don't|won't|kein\w*|ohne|sin|sans|pas "
    r"d[e'])\b[^.;:,]{0,30}\b(?:train\w*|model of our own|"
    r"training\w*|retraining job|entren\w*|entrain\w*)"
)
_PAST = re.compile(
    r"\b(?:was|were|had been|has been|already|last) (?:\w+ )?(?:re-?)?(?:trained|built|"
    r"rebuilt|fitted|refreshed)\b"
)
_PEOPLE = re.compile(
    r"\b(?:train(?:ing)?|schulung\w*) (?:of |for |our |the )?(?:staff|users?|employees|people|"
    r"colleagues|sessions?|courses?|day|course)\b|"
    r"\b(?:staff|user|employee|team) training\b|\bpre-?trained\b|\btraining (?:"
    r"data|set|examples|images)\b"
)


def speaks_of_training(statement: str) -> bool:
    """Whether a model is to be trained, refitted or renewed here."""
    cleaned = _PEOPLE.sub(" ", statement)
    return bool(_TRAINING.search(cleaned)) and not _PAST.search(cleaned)


def rules_training_out(statement: str) -> bool:
    """Whether the statement says that nothing is trained."""
    return bool(_NO_TRAINING.search(statement))


def training_spans(statement: str) -> list[tuple[int, int]]:
    """Where the words of training stand."""
    return [match.span() for match in _TRAINING.finditer(statement)]
