"""Reads which kinds of work the system has to do."""

import re
from dataclasses import dataclass

from libs.intake import background, negation
from libs.intake.brief import Brief, Statement
from libs.intake.candidates import Known, Reading
from libs.intake.models import Constraint
from libs.intake.rhythms import find_rhythms
from libs.intake.rules import training_cues
from libs.intake.vocabulary import cues

_STREAM = re.compile(rf"\b(?:{cues.words('workload.stream')})\b")
_NOT_STREAM = re.compile(
    r"\b(?:(?:video|music|audio|movie|film) streaming|streaming (?:service|box|platform|"
    r"company|app|provider|site|video)|live[- ]?stream\w*)\b"
)
_ONLINE = re.compile(rf"\b(?:{cues.words('workload.online')})\b")
_BATCH_WORD = re.compile(rf"\b(?:{cues.words('workload.batch')})\b")
_SCORING = re.compile(rf"\b(?:{cues.words('workload.scoring')})\b")
_FEATURES = re.compile(rf"\b(?:{cues.words('workload.features')})\b")
_EXPERIMENTS = re.compile(rf"\b(?:{cues.words('workload.experiments')})\b")
_NEGATIVE_LIVE = re.compile(
    r"\b(?:not (?:have to |need to )?be (?:instant|live|real[- ]?time)|nothing (?:has|needs) "
    r"to (?:answer|run|be) (?:live|instantly|in real[- ]time)|nobody (?:waits|is waiting|"
    r"sits)|no real[- ]?time|not (?:in )?real[- ]?time|don't "
    r"need (?:it )?(?:live|real|instant)|real[- ]?time (?:adds|brings|is not|isn't|would not|not)|"
    r"no need for (?:anything )?(?:live|real)|"
    r"(?:nothing|not(?: anything)?) (?:\w+ ){0,2}live|nothing (?:\w+ ){0,3}is served|"
    r"(?:live|echtzeit|sofort) (?:muss|ist|braucht) (?:\w+ ){0,2}(?:nichts|nicht|keiner|niemand)|"
    r"(?:nichts|nicht|keine?) (?:\w+ ){0,2}(?:live|echtzeit\w*|sofort)|"
    r"(?:pas|rien|aucun\w*) (?:\w+ ){0,2}(?:de |d'|en )?(?:temps reel|direct|instantane\w*|en ligne)|"
    r"(?:no|nada|nessun\w*|non|nao|sem|sin) (?:\w+ ){0,3}(?:tiempo real|en linea|en directo|en vivo|"
    r"tempo reale|in diretta|tempo real|ao vivo|online)|"
    r"(?:niet|geen|niets) (?:\w+ ){0,2}(?:live|realtime|meteen))"
)
_SOFT_ONLINE = re.compile(
    r"(?:as they|while|live|real|instant|in echtzeit|echtzeit|sofort|on the spot|the moment|en temps|"
    r"en direct|"
    r"en tiempo|en vivo|en directo|in tempo|em tempo|in realtime|realtime|low|for each|on every|"
    r"at the moment|"
    r"in the (?:very )?moment|at the (?:very )?moment)"
)
"""Words of haste; beside a stream they tell how the stream is to be read."""
_REPLACED = re.compile(
    r"\b(?:stale|replac\w+|it goes|goes away|retir(?:e|es|ed|ing)|get rid|obsolete|outdated|abolish\w*|"
    r"too (?:late|old)|"
    r"abgelost|ersetz\w+|entfallt|remplac\w+|sustitu\w+|reemplaz\w+|sostitu\w+|substitu\w+|vervang\w+)\b"
)
_DUE = re.compile(
    r"\b(?:(?:every|each|alle|toutes les|cada|ogni|elke|iedere) (?:\d+|two|five|ten|fifteen|thirty|"
    r"cinq|dix|quinze|cinco|diez|quince|"
    r"funf|zehn|funfzehn|dreissig|cinque|dieci|vijf|tien) (?:minutes?|minuten|minutos|minuti)"
    r"|(?:finished|processed|ready|done|there|complete\w*|delivered|procesadas?|listas?|pret|pronto|"
    r"fertig|klaar|translated|translat\w+|"
    r"it|one|inbox|list) (?:\w+ ){0,4}?(?:by|before|until|bis|avant|antes de(?: las)?|entro le|"
    r"voor) (?:the )?"
    r"(?:next morning|\d{1,2}(?:[:.h]\d\d)?(?= ?(?:am|pm|uhr|h\b|in the|next|\.|,|o'?clock))))\b"
    r"|\bby \d{1,2} ?(?:am|pm) each\b|\bafter (?:every|each) (?:pass|flight|shift|trip|upload|run|"
    r"visit|delivery|round)\b"
    r"|\bbefore (?:each|every) (?:\w+ )?(?:campaign|round|mailing|shift|season|order|meeting)\b"
    r"|\b(?:de madrugada|over ?night|during the night|por la noche|durante la noche|la nuit|di notte|"
    r"in der nacht|'s nachts)\b"
)
_NO_RESULT = re.compile(
    r"[$€£]|\b(?:budget|costs?|usd|eur|euros?|dollars?|pounds?|kosten|cout|coste|costo|custo|spend|pay|"
    r"fee|uptime|availab\w+|"
    r"backup\w*|meeting|releases?|deploy\w*|maintenance|report is to be|audit\w*|verfugbarkeit|sends?|"
    r"send|messages?|"
    r"requests?|visits|use[sd]?|reunion|patch|bill|invoice[ds]? (?:us|me)|downtime)\b"
)
_WAITED = re.compile(
    r"\b(?:within|up to|in less than|at most|under|max\w*|inside|not more than|no more than|after|"
    r"innerhalb|hochstens|in|en) "
    r"(?:about |roughly |von )?(?:a|one|two|three|thirty|ten|twenty|\d+) (?:minutes?|seconds?|minuten?|"
    r"sekunden?|segundos|minutos|secondes)\b"
    r"|\b(?:one|two|three|\d+) minutes (?:from|after)\b"
)
_NO_HURRY = cues.pattern("workload.no_hurry")


_AMOUNT_OF = re.compile(r"\b[kmgtp]i?b (?:of|de|di|von|van|a)? ?$")
_SALE_DAY = re.compile(r"\b(?:black|cyber|good|ash|easter|bank holiday|super|giving)[ -]$")
"""`on Black Friday` is a day of much traffic, no rhythm."""
_A_RATE = re.compile(r"(?:a|per|pro|por|par|je|al|ao|by)\s")
"""`9,000 a day` is a rate, `9,000 nightly` a job."""


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
    seen = _without_haste(brief, seen)
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


def _without_haste(brief: Brief, seen: list[_Seen]) -> list[_Seen]:
    """Where events are scored as a stream, words of haste alone do not make an interface to be called."""
    if all(each.workload != "streaming_inference" for each in seen):
        return seen
    return [
        each
        for each in seen
        if each.workload != "online_inference" or not _SOFT_ONLINE.match(brief.text[each.start : each.end])
    ]


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
                _REPLACED.search(statement.text) or not _about_predictions(brief, statement)
            ):
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
    if trained and _really_trains(statement) and not _heads_a_refusal(brief, statement):
        spans = [
            (statement.start + start, statement.start + end)
            for start, end in training_cues.training_spans(statement.text)
        ]
        kept = [span for span in spans if not _no_training_at_all(brief, *span)]
        found += [_Seen("batch_training", *span) for span in kept[:1]]
    found += _regular_scoring(brief, statement)
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


def _regular_scoring(brief: Brief, statement: Statement) -> list[_Seen]:
    """Scores that are made to a rhythm, not on request."""
    scoring = _SCORING.search(statement.text)
    if scoring is None:
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
        if _A_RATE.match(brief.text, statement.start + rhythm.start) and re.search(
            r"\d[^.;:!?]{0,40}$", statement.text[: rhythm.start]
        ):
            continue
        to_training = min((_gap(rhythm.start, rhythm.end, cue) for cue in cues), default=10_000)
        to_scoring = min(
            _gap(rhythm.start, rhythm.end, match.span()) for match in _SCORING.finditer(statement.text)
        )
        beside = statement.text[max(0, rhythm.start - 30) : rhythm.end + 30]
        if to_training <= to_scoring or re.search(
            r"\b(?:traffic|volume|budget|peak|visitors|costs?|price|fee|spend|bill|invoice)\b", beside
        ):
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
    hurry = _NO_HURRY.search(brief.text)
    if not names & {"online_inference", "batch_inference"} and hurry:
        reason = "Nobody waits for the answer."
        return [_Seen("batch_inference", *hurry.span(), True, reason)]
    if (
        not names & {"online_inference", "batch_inference"}
        and task is not None
        and task.value == "llm_rag"
        and task.quote
    ):
        return [_placed(brief, task, "An assistant answers while somebody waits.")]
    if not names & {"online_inference", "batch_inference"}:
        regular = _regular_otherwise(brief)
        if regular is not None:
            return [regular]
        waited = _WAITED.search(brief.text)
        if waited and not background.is_background(brief, brief.statement_at(waited.start())):
            reason = "Answers are expected within moments."
            return [_Seen("online_inference", *waited.span(), True, reason)]
    return []


def _regular_otherwise(brief: Brief) -> _Seen | None:
    """A rhythm or hour by which results are due, where no word says that they are computed in batches."""
    for statement in brief.statements:
        if background.is_background(brief, statement) or background.is_open(statement):
            continue
        if training_cues.training_spans(statement.text) or _NO_RESULT.search(statement.text):
            continue
        due = _DUE.search(statement.text)
        if due is not None:
            span = (statement.start + due.start(), statement.start + due.end())
            return _Seen("batch_inference", *span, True, "Results are due at set times.")
        for rhythm in find_rhythms(statement.text):
            start, end = statement.start + rhythm.start, statement.start + rhythm.end
            counted = _A_RATE.match(brief.text, start) and re.search(
                r"\d[^.;:!?]{0,40}$", statement.text[: rhythm.start]
            )
            if (
                rhythm.name in ("continuous", "on_demand")
                or counted
                or negation.is_negated(brief, start, end)
            ):
                continue
            return _Seen("batch_inference", start, end, True, "Results come to a rhythm.")
    return None


def _placed(brief: Brief, constraint: Constraint, reason: str) -> _Seen:
    assert constraint.quote is not None
    start = brief.folded_offset(constraint.quote.start)
    return _Seen(
        "online_inference", start, max(start + 1, brief.folded_offset(constraint.quote.end)), True, reason
    )
