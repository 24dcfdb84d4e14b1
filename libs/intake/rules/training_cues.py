"""Words by which a statement speaks of training a model, shared by the rules on rhythm and workloads."""

from functools import lru_cache

from libs.intake.searching import expression
from libs.intake.vocabulary import cues

_TRAINING = expression(rf"\b(?:{cues.words('training.train')})\b")
_RENEWED = expression(
    rf"\b(?:{cues.words('training.model')})\b[^.;:!?\n]{{0,45}}?\b(?:{cues.words('training.renew')})\b"
    rf"|\b(?:{cues.words('training.renew')})\b[^.;:!?\n]{{0,25}}?\b(?:{cues.words('training.model')})\b"
)
"""A model and a word of making new, close together in either order."""
_NO_TRAINING = expression(
    r"\b(?:no|not|without|never|nothing to|don't|won't|aucun\w*|ningun\w*|nessun\w*|nenhum\w*|geen|"
    r"kein\w*|ohne|sin|sans|pas "
    r"d[e'])\b[^.;:,]{0,30}\b(?:train\w*|model of our own|"
    r"training\w*|retraining job|entren\w*|entrain\w*|fine-?tun\w*|ajust\w+|reentren\w*|re-?entrain\w*|"
    r"addestr\w*|hertrain\w*|treina\w*)"
    r"|\b(?:re-?train\w*|training|fine-?tun\w*|nachtraining|ajustements?|reentrenamiento|"
    r"reentrainement)\b[^.;:]{0,40}?"
    r"\b(?:(?:is|are|be|ist|est|es) )?(?:not|never|nicht|pas|no|non) (?:\w+ )?(?:permitted|allowed|"
    r"planned|needed|required|foreseen|"
    r"wanted|part|vorgesehen|geplant|erlaubt|prevu\w*|previst\w*|permis\w*|permitid\w*)"
    r"|\b(?:supplied|delivered|shipped|bought|purchased|comes|arrives|"
    r"provided) (?:\w+ ){0,2}(?:trained|ready)\b"
    r"|\b(?:re-?train\w*|training|fine-?tun\w*) (?:is )?(?:out of scope|prohibited|forbidden|excluded)"
)
_PAST = expression(
    r"\b(?:was|were|had been|has been|already|last) (?:\w+ )?(?:re-?)?(?:trained|built|"
    r"rebuilt|fitted|refreshed)\b"
)
_PEOPLE = expression(
    r"\b(?:train(?:s|ing)?|schulung\w*) (?:of |for |our |the |new |all )*(?:staff|hires|beginners|"
    r"recruits|users?|employees|people|"
    r"colleagues|sessions?|courses?|day|course)\b|"
    r"\b(?:staff|user|employee|team) training\b|\b(?:interns?|staff|employees|colleagues|operators?|"
    r"nurses|users|inspectors?|"
    r"people|trainees|volunteers|agents|drivers) (?:(?:get|gets|are|is|will|must|be|have to|need to|being|"
    r"regularly) )*(?:re)?trained\b|\bpre-?trained\b|\btraining (?:"
    r"data|set|examples|images)\b"
)


@lru_cache(maxsize=2048)
def speaks_of_training(statement: str) -> bool:
    """Whether a model is to be trained, refitted or renewed here."""
    cleaned = _PEOPLE.sub(" ", statement)
    return bool(_TRAINING.search(cleaned) or _RENEWED.search(cleaned)) and not _PAST.search(cleaned)


def rules_training_out(statement: str) -> bool:
    """Whether the statement says that nothing is trained."""
    return bool(_NO_TRAINING.search(statement))


def training_spans(statement: str) -> list[tuple[int, int]]:
    """Where the words of training stand."""
    return [match.span() for pattern in (_TRAINING, _RENEWED) for match in pattern.finditer(statement)]
