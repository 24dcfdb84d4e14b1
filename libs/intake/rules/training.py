"""Reads how often the model is trained."""

import re

from libs.intake import background, clauses, correction, negation
from libs.intake.brief import Brief, Statement
from libs.intake.candidates import Candidate, Known, Reading, reading_of
from libs.intake.models import Conflict
from libs.intake.rhythms import Rhythm, find_rhythms
from libs.intake.rules import training_cues, training_topic
from libs.intake.searching import expression

_NOT_TRAINING = expression(
    r"\b(?:patterns?|prices?|seasons?|demand|behaviou?r|data|law|rules|catalog\w*|"
    r"report\w*|dashboard|invoice\w*|meeting\w*|index\w*|"
    r"contracts?|budget|usd|dollars?|euros?|downtime|availability|\$|€|£)\b[^,;:]{0,25}$"
)
_MONEY_OR_VOLUME = expression(
    r"(?:[$€£]|\busd|\beur|\bdollars|\beuros?|\brequests|\bpredictions|\bgb\b|\btb\b|"
    r"\bdowntime\b)[^,;]{0,20}$"
)
_TURN = expression(
    r"\b(?:but|therefore|hence|mais|donc|aber|daher|deshalb|pero|asi que|por eso|quindi|maar|dus)\b|, so\b"
)
"""What was proposed ends where the sentence turns."""
_CONDITION = expression(
    r"(?:when|whenever|if|once|as|or|only|oder|wenn|sobald|falls|quand|si|cuando|se|quando|als)\b"
)
_DISMISSED = expression(
    r"\W{0,3}(?:is|was|would be|are|seems|ist|ware|war|seria|es|serait|est|e|zou|is)? ?(?:\w+ )?"
    r"(?:silly|too (?:often|much|few|rare|seldom|little|expensive)|overkill|nonsense|pointless"
    r"|excessive|not enough|"
    r"zu (?:oft|selten|viel|wenig)|ubertrieben|unsinn|trop|exagere|insuffisant|demasiad\w+"
    r"|excesiv\w+|poco|insuficiente|"
    r"troppo|te vaak|te weinig)\b"
    r"|,? (?:\w+ ){0,2}(?:it was|was the (?:old|idea)|until now|till now|so far|bisher|hasta ahora"
    r"|jusqu'ici|up to now)\b"
)
_SCRATCH = expression(
    r"\b(?:(?<!from )scratch|forget|not|drop|instead of|rather than|no longer|strike|statt|anstatt|"
    r"nicht(?: mehr)?|au lieu d[e']|"
    r"plutot que|en vez de|en lugar de|in plaats van|invece di)\b"
)
_STANDS_ALONE = expression(
    r"\s*(?:$|[.,;:!?)\n]|-|(?:is|will|would|please|then|instead|now|it|at|on|in|after|before|because|since|"
    r"rather|with|"
    r"and|or|but|suffices|enough|reicht|genugt|suffit|basta|when|if|as|to|for|as well|too|again|dann|ist|"
    r"nach|vor|um)\b)"
)
"""`monthly cost` after a rhythm of training corrects nothing."""
_CHANGES_FROM = expression(r"\b(?:from|von|de|da|van)\s+$")
"""`from monthly to weekly`."""
_FIRM = expression(
    r"\b(?:only|must(?: not)?|may not|never|at most|no more often|not more often|exclusively|frozen|"
    r"forbidden|prohibited|"
    r"mandatory|no exceptions?|binding|nur|hochstens|ausschliesslich|zwingend|verbindlich|seulement|"
    r"uniquement|au plus|"
    r"obligatoire\w*|interdit\w*|solo|solamente|unicamente|como maximo|obligatori\w+|prohibid\w+|"
    r"soltanto|alleen|"
    r"uitsluitend)\b"
)
_HANDIWORK = expression(
    r"\b(?:look|check|label|sort|count|correct|inspect|review|verif|read|mark|grad|annotat|pick|enter|"
    r"typ|measur|tag|draw|"
    r"pruf|sortier|zahl|korrigier|lies|liest|corrig|tri|compt|revis|cuent|clasific|controll|etiquet|"
    r"erfass|tipp)\w*\s+"
    r"(?:[\w']+ ){0,4}$"
)
"""`our biologist looks by hand`: what people do by hand is no training on demand."""
_BY_HAND = (
    "by hand",
    "manually",
    "von hand",
    "a la main",
    "manuellement",
    "a mano",
    "manualmente",
    "a mao",
    "handmatig",
)
_TURNED = 14
_FAR = 240
"""Letters, boundaries between clauses counted, from which a rhythm belongs to something else."""
_BARE_START = expression(r"\s*(?:make that |it's |so |now )?$")


def read(brief: Brief, known: Known) -> Reading:
    """The training rhythm; with two that exclude each other none, and a conflict."""
    candidates: list[Candidate] = []
    for place, statement in enumerate(brief.statements):
        if background.is_open(statement) or background.is_headed_background(brief, statement):
            continue
        if background.is_about_others(statement) and not background.has_target(statement.text):
            continue
        found = _in_statement(brief, statement)
        candidates += found
        if found and place + 1 < len(brief.statements):
            candidates += _corrected(brief, found[-1])
    left = _not_scratched(brief, correction.standing(brief, candidates))
    if not left:
        return Reading()
    top = max(each.weight for each in left)
    best = next(each for each in left if each.weight == top)
    rival = next((each for each in left if each.value != best.value and each.weight >= 2 and top >= 2), None)
    if rival is not None and (
        correction.is_the_present_state(brief, rival.start)
        or _CHANGES_FROM.search(brief.before(best.start, 8))
    ):
        best, rival = rival, None
    if rival is not None and not (_is_firm(brief, best) or _is_firm(brief, rival)):
        rival = None
    if rival is None:
        return reading_of(brief, "training_frequency", best)
    return Reading(
        None,
        (
            Conflict(
                code="intake.two_training_rhythms",
                fields=("training_frequency",),
                message=f"The brief asks for training {_said(best)} and {_said(rival)}; say which one holds.",
                quotes=(brief.quote(best.start, best.end), brief.quote(rival.start, rival.end)),
            ),
        ),
    )


def _is_firm(brief: Brief, candidate: Candidate) -> bool:
    """Whether nothing but this rhythm is allowed; two that are merely told may both be right."""
    return bool(_FIRM.search(brief.statement_at(candidate.start).text))


def _in_statement(brief: Brief, statement: Statement) -> list[Candidate]:
    text = statement.text
    spoken = training_cues.speaks_of_training(text)
    if not spoken and not training_topic.carries_over(brief, statement):
        return []
    cues = training_cues.training_spans(text)
    found: list[Candidate] = []
    for rhythm in find_rhythms(text):
        if not _applies(brief, statement, rhythm, cues):
            continue
        distance = min((_gap(text, rhythm, cue) for cue in cues), default=40)
        found.append(
            Candidate(
                rhythm.name,
                statement.start + rhythm.start,
                statement.start + rhythm.end,
                (2.0 if spoken else 1.5)
                - 0.7 * background.is_question(statement)
                + bool(training_topic.DECIDED.search(text[: rhythm.start])),
                0.92 if distance < 30 else 0.75,
            )
        )
    return _nearest(_by_calendar(brief, correction.standing(brief, found)), statement, cues)


def _by_calendar(brief: Brief, found: list[Candidate]) -> list[Candidate]:
    """A day of the calendar outweighs a condition beside it: `weekly, or when accuracy drops`."""
    fixed = [
        each for each in found if each.value != "on_demand" or not _CONDITION.match(brief.text, each.start)
    ]
    return fixed or found


def _not_scratched(brief: Brief, candidates: list[Candidate]) -> list[Candidate]:
    """Without rhythms that a later remark takes back by name, however far away: `scratch weekly`."""
    scratched = [
        (statement.start + rhythm.start, rhythm.name)
        for statement in brief.statements
        if _SCRATCH.search(statement.text)
        for rhythm in find_rhythms(statement.text)
        if _SCRATCH.search(statement.text[max(0, rhythm.start - 25) : rhythm.start])
    ]
    kept = [
        each
        for each in candidates
        if not any(at > each.start and name == each.value for at, name in scratched)
    ]
    return kept or candidates


def _applies(brief: Brief, statement: Statement, rhythm: Rhythm, cues: list[tuple[int, int]]) -> bool:
    start, end = statement.start + rhythm.start, statement.start + rhythm.end
    before = statement.text[: rhythm.start]
    turned = _TURN.search(before[-_TURNED:])
    if not turned and negation.is_negated(brief, start, end) and rhythm.name != "on_demand":
        return False
    if _MONEY_OR_VOLUME.search(before[-45:]) or training_topic.SUGGESTED.search(
        _TURN.split(before[-60:])[-1] + " ~ " + statement.text[rhythm.end : rhythm.end + 25]
    ):
        return False
    if _DISMISSED.match(statement.text, rhythm.end):
        return False
    if brief.text[start:end] in _BY_HAND and _HANDIWORK.search(before):
        return False
    ahead = before[-30:]
    if _NOT_TRAINING.search(ahead) and not any(cue[0] >= rhythm.start - 60 for cue in cues):
        return False
    scoring = [match.span() for match in training_topic.SCORING_NEAR.finditer(statement.text)]
    if cues and min(_gap(statement.text, rhythm, cue) for cue in cues) > _FAR:
        return False
    if scoring and cues:
        to_scoring = min(_gap(statement.text, rhythm, span) for span in scoring)
        return min(_gap(statement.text, rhythm, cue) for cue in cues) <= to_scoring
    return True


def _gap(text: str, rhythm: Rhythm, cue: tuple[int, int]) -> int:
    return clauses.distance(text, (rhythm.start, rhythm.end), cue)


def _nearest(found: list[Candidate], statement: Statement, cues: list[tuple[int, int]]) -> list[Candidate]:
    """Of several rhythms in one statement the one nearest to the words of training."""
    if len(found) < 2 or not cues:
        return found[:1] if len(found) < 2 else found
    if len({each.value for each in found}) == 1:
        return found[:1]

    def distance(each: Candidate) -> int:
        rhythm = Rhythm(each.value, each.start - statement.start, each.end - statement.start)
        return min(_gap(statement.text, rhythm, cue) for cue in cues)

    return [min(found, key=distance)]


def _corrected(brief: Brief, earlier: Candidate) -> list[Candidate]:
    window = brief.text[earlier.end : earlier.end + 170].split("\n\n")[0]
    return [
        Candidate(rhythm.name, earlier.end + rhythm.start, earlier.end + rhythm.end, earlier.weight, 0.85)
        for rhythm in find_rhythms(window)
        if re.search(
            r"(?:^|[.,;:!?]|\b(?:it's|make that|so|actually|rather|better|sorry|no))\s*$",
            window[: rhythm.start],
        )
        and not training_topic.SCORING_NEAR.search(window[rhythm.end : rhythm.end + 30])
        and _STANDS_ALONE.match(window, rhythm.end)
    ][:2]


def _said(candidate: Candidate) -> str:
    return str(candidate.value).replace("_", " ")
