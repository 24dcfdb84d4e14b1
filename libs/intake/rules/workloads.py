"""Reads which kinds of work the system has to do."""

import re

from libs.intake import background, clauses, negation
from libs.intake.brief import Brief, Statement
from libs.intake.candidates import Known, Reading
from libs.intake.models import Constraint
from libs.intake.rhythms import find_rhythms
from libs.intake.rules import training_cues, workload_times, workload_use
from libs.intake.searching import expression
from libs.intake.vocabulary import cues

_STREAM = expression(rf"\b(?:{cues.words('workload.stream')})\b")
_NOT_STREAM = expression(
    r"\b(?:(?:video|music|audio|movie|film) streaming|streaming (?:service|box|platform|"
    r"company|app|provider|site|video)|live[- ]?stream\w*)\b"
)
_ONLINE = expression(rf"\b(?:{cues.words('workload.online')})\b")
_BATCH_WORD = expression(rf"\b(?:{cues.words('workload.batch')})\b")
_SCORING = expression(rf"\b(?:{cues.words('workload.scoring')})\b")
_FEATURES = expression(rf"\b(?:{cues.words('workload.features')})\b")
_EXPERIMENTS = expression(rf"\b(?:{cues.words('workload.experiments')})\b")
_SOFT_ONLINE = expression(
    r"(?:as they|while|live|real|instant|in echtzeit|echtzeit|sofort|on the spot|the moment|en temps|"
    r"en direct|"
    r"en tiempo|en vivo|en directo|in tempo|em tempo|in realtime|realtime|low|for each|on every|"
    r"at the moment|"
    r"in the (?:very )?moment|at the (?:very )?moment)"
)
"""Words of haste; beside a stream they tell how the stream is to be read."""
_INFERENCE = {"online_inference", "batch_inference", "streaming_inference"}
_REPLACED = expression(
    r"\b(?:stale|replac\w+|it goes|goes away|retir(?:e|es|ed|ing)|get rid|obsolete|outdated|abolish\w*|"
    r"too (?:late|old)|"
    r"abgelost|ersetz\w+|entfallt|remplac\w+|sustitu\w+|reemplaz\w+|sostitu\w+|substitu\w+|vervang\w+)\b"
)
_AMOUNT_OF = expression(r"\b[kmgtp]i?b (?:of|de|di|von|van|a)? ?$")
_SALE_DAY = expression(r"\b(?:black|cyber|good|ash|easter|bank holiday|super|giving)[ -]$")
"""`on Black Friday` is a day of much traffic, no rhythm."""


def read(brief: Brief, known: Known) -> Reading:
    """Workloads in the order in which a pipeline has them."""
    seen: list[workload_use.Seen] = []
    for statement in brief.statements:
        if background.is_open(statement) or background.is_headed_background(brief, statement):
            continue
        if background.is_about_others(statement):
            continue
        seen += _in_statement(brief, statement)
    seen = _without_haste(brief, seen)
    seen = _as_trained(brief, known, seen)
    if not workload_times.serves_nothing(brief):
        seen += workload_use.implied(brief, known, seen)
        if not {each.workload for each in seen} & _INFERENCE:
            seen += [each for each in (workload_times.due(brief),) if each is not None]
    seen = _without_live(brief, known, seen)
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
    first: dict[str, workload_use.Seen] = {}
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


def _as_trained(brief: Brief, known: Known, seen: list[workload_use.Seen]) -> list[workload_use.Seen]:
    """A rhythm of training makes jobs, unless the model learns all the time."""
    rhythm = known.get("training_frequency")
    if rhythm is None or rhythm.quote is None:
        return seen
    if rhythm.value == "continuous":
        return [each for each in seen if each.workload != "batch_training"]
    if any(each.workload == "batch_training" for each in seen):
        return seen
    return [*seen, workload_use.placed(brief, rhythm, "A rhythm of training is set.", "batch_training")]


def _without_haste(brief: Brief, seen: list[workload_use.Seen]) -> list[workload_use.Seen]:
    """Where events are scored as a stream, words of haste alone do not make an interface to be called."""
    if all(each.workload != "streaming_inference" for each in seen):
        return seen
    return [
        each
        for each in seen
        if each.workload != "online_inference" or not _SOFT_ONLINE.match(brief.text[each.start : each.end])
    ]


def _without_live(brief: Brief, known: Known, seen: list[workload_use.Seen]) -> list[workload_use.Seen]:
    """Where batches are asked for and live answers are ruled out, a wish for them in passing does not count."""
    names = {each.workload for each in seen}
    if "batch_inference" not in names or "latency_ms_p95" in known:
        return seen
    if not workload_use.NEGATIVE_LIVE.search(brief.text):
        return seen
    return [each for each in seen if each.workload != "online_inference"]


def _in_statement(brief: Brief, statement: Statement) -> list[workload_use.Seen]:
    found: list[workload_use.Seen] = []
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
            if name == "streaming_inference" and (
                _NOT_STREAM.search(statement.text) or _AMOUNT_OF.search(statement.text[: match.start()])
            ):
                continue
            if (
                name == "online_inference"
                and match.group().startswith("as they")
                and _STREAM.search(statement.text)
            ):
                continue
            if (
                name == "streaming_inference"
                and _FEATURES.search(statement.text)
                and "score" not in statement.text
            ):
                continue
            if name == "batch_inference" and (
                _REPLACED.search(statement.text)
                or workload_times.is_another_run(statement.text)
                or not _about_predictions(brief, statement)
            ):
                continue
            if name == "online_inference" and (
                workload_use.NEGATIVE_LIVE.search(statement.text)
                or "whether" in statement.text[: match.start()][-30:]
            ):
                continue
            found.append(workload_use.Seen(name, start, end))
            break
    trained = training_cues.speaks_of_training(statement.text) and not training_cues.rules_training_out(
        statement.text
    )
    if trained and _really_trains(statement) and not _heads_a_refusal(brief, statement):
        spans = [
            (statement.start + start, statement.start + end)
            for start, end in training_cues.training_spans(statement.text)
        ]
        kept = [span for span in spans if not _no_training_at_all(brief, *span)]
        found += [workload_use.Seen("batch_training", *span) for span in kept[:1]]
    found += _regular_scoring(brief, statement)
    found += workload_times.timed(brief, statement)
    return found


def _about_predictions(brief: Brief, statement: Statement) -> bool:
    """A table of a present process in a spreadsheet is no batch job."""
    return not background.is_about_others(statement) and not (
        "spreadsheet" in statement.text and background.is_background(brief, statement)
    )


def _no_training_at_all(brief: Brief, start: int, end: int) -> bool:
    """`no fine-tuning`, but not `no nightly retraining`, which only rules out a rhythm."""
    return negation.is_negated(brief, start, end) and not find_rhythms(brief.before(start, 30))


def _heads_a_refusal(brief: Brief, statement: Statement) -> bool:
    """A bare heading such as `Training.` over a sentence that rules it out."""
    if len(statement.text.split()) > 2:
        return False
    following = next((each for each in brief.statements if each.start >= statement.end), None)
    return following is not None and training_cues.rules_training_out(following.text)


def _really_trains(statement: Statement) -> bool:
    names = {rhythm.name for rhythm in find_rhythms(statement.text)}
    if "continuous" in names:
        return False
    return not re.search(
        r"\b(?:new (?:model )?versions?|models? (?:may|must|shall|can|could) be (?:changed|updated))\b",
        statement.text,
    )


def _regular_scoring(brief: Brief, statement: Statement) -> list[workload_use.Seen]:
    """Scores that are made to a rhythm, not on request."""
    scoring = _SCORING.search(statement.text)
    if scoring is None or workload_times.is_another_run(statement.text):
        return []
    cues = training_cues.training_spans(statement.text)
    for rhythm in find_rhythms(statement.text):
        if re.search(r"\b(?:black fri|cyber mon)", statement.text[rhythm.start : rhythm.end + 12]) or (
            _SALE_DAY.search(statement.text[: rhythm.start])
        ):
            continue
        if _REPLACED.search(statement.text) or rhythm.name not in (
            "daily",
            "weekly",
            "monthly",
            "hourly",
            "several_times_daily",
        ):
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
        if workload_use.A_RATE.match(brief.text, statement.start + rhythm.start) and re.search(
            r"\d[^.;:!?]{0,40}$", statement.text[: rhythm.start]
        ):
            continue
        own = (rhythm.start, rhythm.end)
        to_training = min((clauses.distance(statement.text, own, cue) for cue in cues), default=10_000)
        to_scoring = min(
            clauses.distance(statement.text, own, match.span()) for match in _SCORING.finditer(statement.text)
        )
        beside = clauses.around(statement.text, own, 30)
        if to_training <= to_scoring or re.search(
            r"\b(?:traffic|volume|budget|peak|visitors|costs?|price|fee|spend|bill|invoice)\b", beside
        ):
            continue
        return [
            workload_use.Seen("batch_inference", statement.start + rhythm.start, statement.start + rhythm.end)
        ]
    return []
