"""Reads which kinds of work the system has to do."""

import re
from dataclasses import dataclass

from libs.intake import background, negation
from libs.intake.brief import Brief, Statement
from libs.intake.candidates import Known, Reading
from libs.intake.models import Constraint
from libs.intake.rhythms import find_rhythms
from libs.intake.rules import training_cues

_STREAM = re.compile(
    r"\b(?:kafka|kinesis|event ?hubs?|iot hub|pub/sub|pubsub|flink|spark streaming|event "
    r"stream\w*|data streams?|off the stream|in[- ]flight|while in flight|"
    r"stream(?:ing)? (?:of )?(?:inference|data|events?|processing|scoring|pipeline|analytics|"
    r"detection|transactions|readings|sensor\w*|clickstream)|streams? of (?:events?|"
    r"transactions?|readings?|data|clicks)|"
    r"clickstream|streaming|datenstrom|echtzeit-?strom|flujo de eventos|flux d'evenements|"
    r"mqtt|telemetry stream)\b"
)
_NOT_STREAM = re.compile(
    r"\b(?:(?:video|music|audio|movie|film) streaming|streaming (?:service|box|platform|"
    r"company|app|provider|site|video)|live[- ]?stream\w*)\b"
)
_ONLINE = re.compile(
    r"\b(?:real[- ]?time|online (?:inference|prediction|scoring|api)|on the spot|"
    r"synchronous\w*|rest api|http api|(?:prediction|scoring|inference|model) (?:api|endpoint|"
    r"service)|api (?:call|endpoint|that)|"
    r"when(?:ever)? (?:a|an|the|someone|somebody) (?:\w+ ){1,3}(?:opens|clicks|calls|asks|"
    r"types|submits|uploads|visits|requests|books|pays|logs in|comes in|arrives|swipes)|as "
    r"they (?:are )?(?:\w+ed|arrive|come in)|when they are filed|"
    r"at the moment of|on every (?:swipe|request|click|payment|transaction|page)|for each "
    r"(?:request|click|payment|transaction)|per "
    r"request|interactive\w*|live|while the (?:user|customer|caller)|instant\w*|"
    r"in echtzeit|en tiempo real|en temps reel|chatbot|chat assistant|conversational|at "
    r"checkout|point of sale)\b"
)
_BATCH_WORD = re.compile(
    r"\b(?:\d[\d.,]*[km]? [a-z]+ (?:nightly|overnight|per night|each night|every night)|batch "
    r"(?:scoring|inference|prediction\w*|job|run|transform)|batch(?:es)?|"
    r"re-?scor\w+|score the whole|whole (?:base|book|portfolio)|nightly (?:run|job|scores?|"
    r"batch)|scores? (?:for )?(?:the whole|all|every)|offline scoring|"
    r"stapelverarbeitung|nachtlauf|por lotes|proceso nocturno|par lots?|traitement par lot|"
    r"spreadsheet|bulk)\b"
)
_SCORING = re.compile(
    r"\b(?:scor\w+|predict\w*|forecasts?|list|lists|recalcul\w*|re-?calcula\w*|run|runs|"
    r"chance|probab\w*|rank\w*|recommendations|estimate\w*|accounts|need the|report|"
    r"prognosen?|vorhersag\w*|predec\w+|predire|prevoir|liste|lista|prediccion\w*|"
    r"predictions?|scores|jobs?|computed?|refreshed|calculad\w*|calcul\w*|berechne\w*|results|"
    r"suggestions|emails)\b"
)
_FEATURES = re.compile(
    r"\b(?:feature (?:pipelines?|stores?|engineering|computation|extraction|tables?|"
    r"calculation|generation|sets?|preparation)|features?(?= (?:are|is|over|from|for|computed|"
    r"from))|(?:turns?|derives?|builds?|into) (?:\w+ ){0,4}features|compute features|"
    r"sliding[- ]windows?|windowed aggregat\w+|rolling aggregat\w+|feature-?berechnung|"
    r"ingenieria de caracteristicas|ingenierie des (?:caracteristiques|variables)|"
    r"merkmals\w+)\b"
)
_EXPERIMENTS = re.compile(
    r"\b(?:notebooks?|jupyter\w*|experiment(?:s|ation|ing)?|track(?:ing)? (?:of )?experiments|"
    r"experiment tracking|mlflow|hyper-?parameter\w*|try out (?:models|ideas)|sandbox for "
    r"(?:the )?data scientists|"
    r"experimentier\w*|experimentos|experimentar|experimenter)\b"
)
_NEGATIVE_LIVE = re.compile(
    r"\b(?:not (?:have to |need to )?be (?:instant|live|real[- ]?time)|nothing (?:has|needs) "
    r"to (?:answer|run|be) (?:live|instantly|in real[- ]time)|nobody (?:waits|is waiting|"
    r"sits)|no real[- ]?time|not (?:in )?real[- ]?time|don't "
    r"need (?:it )?(?:live|real|instant)|nothing (?:\w+ ){0,3}is served)"
)


@dataclass(frozen=True, slots=True)
class _Seen:
    workload: str
    start: int
    end: int
    inferred: bool = False
    reason: str = ""


def read(brief: Brief, known: Known) -> Reading:
    """Workloads in the order in which a pipeline has them."""
    seen: list[_Seen] = []
    for statement in brief.statements:
        if background.is_open(statement) or background.is_headed_background(brief, statement):
            continue
        if background.is_about_others(statement):
            continue
        seen += _in_statement(brief, statement)
    seen += _implied(brief, known, seen)
    if not seen:
        return Reading()
    order = (
        "online_inference",
        "streaming_inference",
        "batch_inference",
        "batch_training",
        "feature_engineering",
        "experimentation",
    )
    first: dict[str, _Seen] = {}
    for each in seen:
        first.setdefault(each.workload, each)
    kept = [first[name] for name in order if name in first]
    lead = min(kept, key=lambda each: (each.inferred, each.start))
    return Reading(
        Constraint(
            field="workloads",
            value=[each.workload for each in kept],
            source="inferred" if all(each.inferred for each in kept) else "stated",
            confidence=0.75 if any(each.inferred for each in kept) else 0.88,
            quote=brief.quote(lead.start, lead.end),
            reason="; ".join(dict.fromkeys(each.reason for each in kept if each.reason)),
        )
    )


def _in_statement(brief: Brief, statement: Statement) -> list[_Seen]:
    found: list[_Seen] = []
    for name, pattern in (
        ("streaming_inference", _STREAM),
        ("online_inference", _ONLINE),
        ("feature_engineering", _FEATURES),
        ("experimentation", _EXPERIMENTS),
        ("batch_inference", _BATCH_WORD),
    ):
        for match in pattern.finditer(statement.text):
            start, end = statement.start + match.start(), statement.start + match.end()
            if negation.is_negated(brief, start, end) or background.is_question(statement):
                continue
            if name == "streaming_inference" and _NOT_STREAM.search(statement.text):
                continue
            if name == "online_inference" and (
                _NEGATIVE_LIVE.search(statement.text) or "whether" in statement.text[: match.start()][-30:]
            ):
                continue
            found.append(_Seen(name, start, end))
            break
    trained = training_cues.speaks_of_training(statement.text) and not training_cues.rules_training_out(
        statement.text
    )
    if trained and _really_trains(statement):
        spans = [
            (statement.start + start, statement.start + end)
            for start, end in training_cues.training_spans(statement.text)
        ]
        kept = [span for span in spans if not _no_training_at_all(brief, *span)]
        found += [_Seen("batch_training", *span) for span in kept[:1]]
    found += _regular_scoring(brief, statement)
    return found


def _no_training_at_all(brief: Brief, start: int, end: int) -> bool:
    """`no fine-tuning`, but not `no nightly retraining`, which only rules out a rhythm."""
    return negation.is_negated(brief, start, end) and not find_rhythms(brief.before(start, 30))


def _really_trains(statement: Statement) -> bool:
    names = {rhythm.name for rhythm in find_rhythms(statement.text)}
    if "continuous" in names:
        return False
    return not re.search(
        r"\b(?:new (?:model )?versions?|models? (?:may|must|shall|can|could) be (?:changed|updated))\b",
        statement.text,
    )


def _regular_scoring(brief: Brief, statement: Statement) -> list[_Seen]:
    """Scores that are made to a rhythm, not on request."""
    scoring = _SCORING.search(statement.text)
    if scoring is None:
        return []
    cues = training_cues.training_spans(statement.text)
    for rhythm in find_rhythms(statement.text):
        if rhythm.name not in ("daily", "weekly", "monthly", "hourly", "several_times_daily"):
            continue
        if negation.is_negated(brief, statement.start + rhythm.start, statement.start + rhythm.end):
            continue
        if re.search(
            (
                r"(?:[$€£]|\d\s*%|usd|eur|dollars?|euros?|requests|questions|calls|claims|downtime|"
                r"messages)\s*\w{0,4}\s*$"
            ),
            statement.text[max(0, rhythm.start - 30) : rhythm.start],
        ):
            continue
        to_training = min((_gap(rhythm.start, rhythm.end, cue) for cue in cues), default=10_000)
        to_scoring = min(
            _gap(rhythm.start, rhythm.end, match.span()) for match in _SCORING.finditer(statement.text)
        )
        beside = statement.text[max(0, rhythm.start - 30) : rhythm.end + 30]
        if to_training <= to_scoring or re.search(r"\b(?:traffic|volume|budget|peak|visitors)\b", beside):
            continue
        return [_Seen("batch_inference", statement.start + rhythm.start, statement.start + rhythm.end)]
    return []


def _gap(start: int, end: int, span: tuple[int, int]) -> int:
    return max(span[0] - end, start - span[1], 0)


def _implied(brief: Brief, known: Known, seen: list[_Seen]) -> list[_Seen]:
    names = {each.workload for each in seen}
    latency, task = known.get("latency_ms_p95"), known.get("ml_task")
    if "streaming_inference" in names:
        return []
    if "online_inference" not in names and latency is not None and latency.value <= 120_000 and latency.quote:
        return [_placed(brief, latency, "A response time is set, so requests are answered one by one.")]
    if (
        not names & {"online_inference", "batch_inference"}
        and task is not None
        and task.value == "llm_rag"
        and task.quote
    ):
        return [_placed(brief, task, "An assistant answers while somebody waits.")]
    return []


def _placed(brief: Brief, constraint: Constraint, reason: str) -> _Seen:
    assert constraint.quote is not None
    start = brief.folded_offset(constraint.quote.start)
    return _Seen(
        "online_inference", start, max(start + 1, brief.folded_offset(constraint.quote.end)), True, reason
    )
