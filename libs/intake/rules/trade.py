"""Tells what a business turns over in a day, or a machine in a second, from what a model has to judge."""

from libs.intake.brief import Brief
from libs.intake.rates import Rate
from libs.intake.searching import expression, says
from libs.intake.vocabulary import cues

_DOES = expression(rf"(?<![a-z])(?:{cues.words('rate.business')})\s(?:[^\s.;:!?]+\s){{0,4}}[~$]?$")
_CROWD = expression(rf"(?<![a-z])(?:{cues.words('rate.crowd')})(?![a-z])")
_PASSIVE = expression(
    r"\s*(?:are|get|must|have to|need|should|will be|werden|mussen|sont|doivent|deben|vanno|worden)\b"
)
_REQUESTS = expression(r"\b(?:[rqtep]ps|[rqt]pm|req)")
_CALLERS = expression(
    r"\s*(?:[a-z]+ )?(?:customers|clients|kunden|clientes|clienti|klanten|buyers|shoppers)\b"
)
_HAS = expression(
    r"\b(?:has|have|gets?|sees?|welcomes?|hosts?|haben|hat|avons|accueill\w+|tenemos|atendemos|abbiamo|hebben|temos)\s"
    r"(?:[^\s.;:!?]+\s){0,2}$"
)
"""`the bank has 40 customers an hour`."""
_INFORMATION = expression(rf"(?<![a-z])(?:{cues.words('rate.information')})(?![a-z])")
_JUDGED = expression(rf"(?<![a-z])(?:{cues.words('rate.judged')})(?![a-z])")
_FILMED = expression(
    r"\b(?:frames?|fps|images?|pictures?|photos?|bilder|bilden|fotos?|imagenes|immagini|beelden)\b"
)
_LENS = expression(
    r"\b(?:cameras?|webcams?|video\w*|film\w*|kameras?|camaras?|telecamer[ae]|capteurs?|streams?)\b[^.;:]{0,30}$"
)
_TOGETHER = expression(
    r"\b(?:together|all|every|each|total|altogether|judged?|checked|scored|insgesamt|zusammen|jedes|alle|"
    r"chaque|toutes|ensemble|cada|todas|ogni|elk|also|so|(?:that|which) makes|thus|soit|donc|asi que|quindi|dus)\b|=|→"
)
_SIGNAL = expression(
    r"\b(?:sampl\w+|sensor\w*|signal\w*|record\w*|accelerom\w+|mains|microphones?|audio|sound|monitor\w*|"
    r"abtast\w+|takt\w*|muestre\w+|echantillon\w*|campiona\w+|netz\w*|vibration\w*)\b"
)
_LEAST_FRAMES = 10


def is_not_to_be_judged(brief: Brief, rate: Rate) -> bool:
    """Whether a rate is of goods, guests or frames, and nothing says that a model looks at each."""
    phrase = brief.text[rate.number.end : rate.end]
    if rate.per == "s" and _is_of_a_machine(brief, rate, phrase):
        return True
    if (
        _REQUESTS.search(phrase)
        or says(_INFORMATION, phrase)
        or says(_INFORMATION, brief.after(rate.end, 20))
    ):
        return False
    crowd = _CROWD.search(phrase) or _CROWD.search(brief.after(rate.number.end, 18))
    before = brief.before(rate.number.start, 60)
    callers = _HAS.search(before) and _CALLERS.match(brief.after(rate.number.end, 30))
    does = _DOES.search(before)
    if not does and (not (crowd or callers) or _PASSIVE.match(brief.after(rate.end, 20))):
        return False
    statement = brief.statement_at(rate.start)
    if says(_JUDGED, statement.text):
        return False
    following = brief.statement_at(statement.end + 1)
    return not (following.start >= statement.end and says(_JUDGED, following.text))


def _is_of_a_machine(brief: Brief, rate: Rate, phrase: str) -> bool:
    """`the camera makes 24 frames per second`, `sampled at 250 Hz`."""
    statement = brief.statement_at(rate.start)
    if phrase.strip().startswith("hz"):
        return says(_SIGNAL, statement.text)
    return (
        rate.number.value >= _LEAST_FRAMES
        and says(_FILMED, phrase)
        and says(_LENS, brief.before(rate.start, 60))
        and not says(_TOGETHER, statement.text)
    )
