"""Decides whether a mention is ruled out by the words around it."""

import re

from libs.intake.brief import Brief
from libs.intake.searching import expression
from libs.intake.vocabulary import cues

_NEGATOR = expression(rf"\b(?:{cues.words('negation.negator')})\b")
_NO_NEGATION = expression(
    r"\b(?:no|not|nicht|no mas|pas|non) (?:more|less|fewer|later|only|longer|slower|exceed|to "
    r"exceed|above|over|mehr|langer|"
    r"nur|mas|menos|plus|moins)\b"
    r"|\bno (?:idea|clue|opinion|preference|view)s?\b|\bno way (?:a)?round\b|\bforget that\b|"
    r"\bnot only\b|\bnicht nur\b|\bno solo\b|\bpas seulement\b"
    r"|\b(?:nothing|nichts|nada|rien) (?:\w+ ){0,3}(?:outside|leaves|leave|ausserhalb|fuera|hors)\b"
    r"|\b(?:never|not|don't|doesn't|must not|may not|cannot|can't|no|nicht|sans|jamais|pas) "
    r"(?:be allowed to |ever |"
    r"to |puede[n]? )?(?:leave|leaving|go outside|exceed|salir|quitter|verlassen|miss)\b"
    r"|\bno (?:pueden|puede|deben|debe) salir\b|\bnot? (?:problem|doubt|question|exceptions?)\b|\bwhy not\b"
    r"|\bno (?:one|body) (?:else|here|there)\b"
)
_SPANISH_NO = expression(r"\bno\b(?= (?:debe|puede|podemos|queremos|necesit))")
_CLAUSE_END = expression(
    r"[.;:!?()\n|]| - |->|=>|→|(?<!anything )(?<!anywhere )(?<!everywhere )\bbut\b|\baber\b|\bsondern\b|"
    r"\bpero\b|\bsino\b|\bmais\b|"
    r"\bhowever\b"
)
_LIST_TAIL = expression(r"\s*,?\s*(?:or|nor|oder|noch|ni|o|ou)\b")
_VERB = expression(
    r"\b(?:is|are|was|were|we|it|it's|they|i|use|uses|must|should|has|have|need|needs|rather|"
    r"instead|only|just|"
    r"wir|ist|sind|es|usamos|nous|on|so|because|since|please|as)\b"
)
_RULED_OUT_AFTER = expression(
    r"^[\"')]*\s*(?:support |compliance |scope |cluster |card |cards |stuff |training |data )?(?:"
    r"(?:is|are|was|does|do|will|would|has|have|should|shall|may|must|need|can)?\s*(?:not|n't|"
    r"never)\b(?!\s+(?:only|just|exceed|leave|be more|"
    r"(?:up for|open|going|negotiable|optional)))"
    r"|(?:isn't|aren't|doesn't|don't|won't|wouldn't|needn't|shouldn't)\b(?!\s+(?:leave|exceed))"
    r"|(?:is|are) (?:out of (?:scope|the question)|unnecessary|overkill|off the table|ruled "
    r"out|irrelevant|excluded|banned|"
    r"forbidden|no option|no longer)"
    r"|\s*(?:is|are|est|sont|ist|sind|es|son|e|sono|sao)?\s*(?:(?!only|nur|sondern)[a-z]+ )?(?:pas|nicht|"
    r"niet|nao|"
    r"non|not)\b(?=\s*(?:[,.;)\n|]|$|needed|required|notig|nodig|erforderlich|benotigt|necessary|"
    r"necessari\w+|obligatoi\w+))"
    r"|\s*(?:is|zijn) niet\b|\s*(?:no|nao) (?:procede|aplica|se aplica|es necesari\w+)\b|\s*:\s*(?:false|"
    r"off|0)\b"
    r"|\s*(?:setzen|verwenden|nutzen|gibt es|kommen) (?:wir )?(?:\w+ )?nicht\b"
    r"|,? (?:and|but) (?:i|we) (?:said|say) (?:absolutely |definitely |clearly )?no(?:t)?\b"
    r"|\s*(?:can|could) be (?:avoided|left out|skipped)"
    r"|\s*[:=|-]?\s*(?:out of scope|not (?:applicable|in scope|relevant|needed|required|wanted)|n/?a\b|"
    r"entfallt|hors perimetre|"
    r"fuera de alcance|no aplica|nicht (?:relevant|anwendbar|notig|erforderlich)|niet van toepassing)"
    r"|\s*(?:non c'entra|non si applica|n'a rien a voir|no tiene que ver|nao se aplica|hat nichts|"
    r"heeft niets|"
    r"(?:speelt|spielt|joue|juega|ne joue|gioca|has|plays?) (?:geen|keine|aucun|ningun|nessun|no) \w+|"
    r"(?:does not|doesn't) (?:come|matter|apply|concern|enter))"
    r"|\s*:?\s*(?:no|nope|nein|non|nee)\b(?=\s*(?:since|because|as\b|weil|car\b|porque|perche|want\b))"
    r"|out of scope|ruled out|:\s*(?:no|none|not needed|n/a|nein|non)\b|\s*\|\s*(?:no|none|"
    r"not needed|n/a|nein)\b"
    r"|(?:ist |sind |wird |werden )?(?:nicht|kein)\b|no (?:es|hace|hacen|se|aplica|queremos|necesit\w+)\b"
    r"|n'est pas|exclue?s?\b|excluid[oa]s?|ausgeschlossen|verboten|interdite?s?|"
    r"prohibid[oa]s?|ne (?:s'applique|sont)\b|[?:]?\s*(?:no|nope|nein)\b(?=\s*(?:[,.;\n]|$))"
    r"|,? ?(?:we |i )(?:don't|do not|won't|will not|can't|cannot|never)\b"
    r"(?! (?:care|mind|know|think|have (?:a|any) (?:preference|opinion)|believe|leave|exceed|only|just)\b)"
    r"|(?:brauchen|benotigen|wollen|haben) wir (?:\w+ ){0,2}(?:nicht|keine?)\b|no (?:las?|los?|"
    r"lo) (?:necesit|quer)\w+)"
)
_RULED_OUT_HEAD = expression(
    r"\s*[-*#>|]*\s*(?:out of scope|not (?:needed|required|wanted|in scope|included|relevant)|"
    r"no(?=\s*[:|])|non-?goals?|exclusions?|excluded|no-?gos?|"
    r"what we (?:don't|do not) (?:need|want)|nicht (?:benotigt|gewunscht|erforderlich)|"
    r"ausgeschlossen|fuera de(?:l)? alcance|"
    r"hors perimetre)\s*[:|-]"
)
_LEFT_ALONE = expression(r"\b(?:leav|left|let|keep|kept)\w*\s+(?:the |all )?$")
_ALONE = expression(r"\s+(?:\w+ )?(?:alone|aside|out of (?:it|this)|be\b)")
_NOBODY = expression(
    r"(?:(?! because| since| when| while| if| where| unless| weil| wenn | denn | car | porque | but | and |"
    r" so )[^.;:!?()\n|,]){0,45}\b(?:nobody|"
    r"no one|keiner|"
    r"niemand|personne|nadie|nessuno|ninguem)\b"
    r"|,? (?:geht|gehen|kommt|kommen) (?:\w+ ){0,4}nicht\b|,? (?:personne ne|nadie|niemand|nessuno|keiner)\b"
)
"""`Kubernetes kann bei uns keiner`: who is spoken of is nobody."""
_BAD_MEMORY = expression(
    r"\s*(?:before |once |\w+ )?(?:and never again|never again|nie wieder|plus jamais|nunca mas|mai piu|"
    r"nooit meer|"
    r"(?:gave|caused|cost|brought) us (?:\w+ )?(?:grief|trouble|pain|headaches?|problems|nerves)|"
    r"(?:was|were|has been) (?:an? )?(?:\w+ )?(?:pain|disaster|nightmare|mistake|trouble|horror)|burn(?:ed|"
    r"t) us|bit us|"
    r"(?:experiment|trial|attempt|pilot|project|adventure|phase) (?:\w+ )?(?:failed|went wrong|ended|"
    r"was (?:stopped|a)|is over)|"
    r"let us down|(?:hat|haben) uns (?:nur )?(?:arger|kummer|probleme)|nous a (?:deja )?(?:coute|pose)|"
    r"nos dio problemas)"
)
_VOTED_DOWN = (
    r"(?:rejected|turned down|declined|dismissed|dropped|ruled out|vetoed|refused|voted down|thrown out|"
    r"discarded|withdrawn|abgelehnt|verworfen|gestrichen|zuruckgewiesen|rechazad\w*|descartad\w*|rejetee?s?|"
    r"ecartee?s?|refusee?s?|scartat\w*|respint\w*|afgewezen|rejeitad\w*)(?![a-z])"
)
_VOTED_DOWN_AFTER = expression(
    rf"(?:(?!\b(?:chosen|decided|agreed|picked|instead|because|after)\b)(?:[^.;!?:,\n]|,(?=\d)|"
    rf",(?=\s*{_VOTED_DOWN})))"
    rf"{{0,60}}?\b{_VOTED_DOWN}"
)
_PROPOSAL = expression(
    r"(?:^|[.;|]\s|\n)[\s*>#-]*(?:proposed|proposals?|suggested|suggestions?|options?|offers?|ideas?|"
    r"vorschlag\w*|"
    r"vorgeschlagen|propuestas?|propuesto|propositions?|propose|proposte|propostas?|"
    r"voorstel\w*)\s*(?:\([^()]*\))?\s*:"
)
_DECISION = expression(
    r"\b(?:decided|decision|agreed|resolved|outcome|result|beschlossen|beschluss|entschieden|entscheidung|"
    r"decidido|"
    r"decision|acordado|acuerdo|decide|retenu|deciso|decisione|decidido|besloten|besluit)\s*:"
)
_NEW_CLAUSE = expression(r"\b(?:which|who|que|qui|die|weil|porque|parce)\b \w+ \w+ ")
_REACH = 60


def is_negated(brief: Brief, start: int, end: int) -> bool:
    """Whether the stretch is named only to be ruled out."""
    if _RULED_OUT_HEAD.match(brief.before(start, 200)) or _RULED_OUT_AFTER.match(brief.after(end, 50)):
        return True
    if is_turned_down_by_vote(brief, start, end):
        return True
    after = brief.after(end, 60)
    if (
        _NOBODY.match(after)
        or _BAD_MEMORY.match(after)
        or (_LEFT_ALONE.search(brief.before(start, 25)) and _ALONE.match(after))
    ):
        return True
    before = _clause_before(brief, start)
    negators = list(_NEGATOR.finditer(before))
    if not negators:
        return False
    last = negators[-1]
    between = before[last.end() :]
    if len(between.split()) > 7 or _NEW_CLAUSE.search(between):
        return False
    if "," not in between:
        return not re.search(r"\b(?:we|it's|its|so|because|since)\b", between)
    return not _VERB.search(between) and (
        bool(re.search(r"\b(?:or|nor|oder|ni|ou)\b", between)) or bool(_LIST_TAIL.match(brief.after(end, 20)))
    )


def is_turned_down_by_vote(brief: Brief, start: int, end: int) -> bool:
    """Whether it was rejected, or only proposed before something was decided."""
    statement = brief.statement_at(start)
    if _VOTED_DOWN_AFTER.match(brief.text, end, statement.end):
        return True
    if not _PROPOSAL.match(statement.text):
        return False
    _, last = brief.paragraphs[statement.paragraph]
    return bool(_DECISION.search(brief.text, end, last))


def _clause_before(brief: Brief, start: int) -> str:
    before = _NO_NEGATION.sub(lambda match: "~" * len(match.group()), brief.before(start, _REACH))
    if brief.language == "pt":
        # In Portuguese it means `in the`.
        before = re.sub(r"\bno\b", "~~", before)
    cut = 0
    for match in _CLAUSE_END.finditer(before):
        cut = match.end()
    return before[cut:]
