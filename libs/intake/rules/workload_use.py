"""Reads from how results are used whether somebody waits for them or they come together."""

import re
from dataclasses import dataclass

from libs.intake import background, negation
from libs.intake.brief import Brief
from libs.intake.candidates import Known
from libs.intake.models import Constraint
from libs.intake.rhythms import find_rhythms
from libs.intake.rules import training_cues
from libs.intake.searching import expression
from libs.intake.vocabulary import cues

NEGATIVE_LIVE = re.compile(
    r"\b(?:not (?:have to |need to )?be (?:instant|live|real[- ]?time)|nothing (?:has|needs) "
    r"to (?:answer|run|be) (?:live|instantly|in real[- ]time)|nobody (?:waits|is waiting|"
    r"sits)|no real[- ]?time|not (?:in )?real[- ]?time|don't "
    r"need (?:it )?(?:live|real|instant)|real[- ]?time (?:adds|brings|is not|isn't|would not|not)|"
    r"no need for (?:anything )?(?:live|real)|"
    r"(?:nothing|not(?: anything)?) (?:\w+ ){0,2}live|nor is it (?:real|live)"
    r"|nobody (?:\w+ ){0,6}live|no app\b|no (?:live|online|interactive) (?:thing|part|service|answers?|"
    r"use|mode|scoring|serving|need)|no (?:se )?(?:requiere|necesita) (?:\w+ ){0,2}en linea|"
    r"nothing (?:\w+ ){0,3}is served|"
    r"(?:live|echtzeit|sofort) (?:muss|ist|braucht) (?:\w+ ){0,2}(?:nichts|nicht|keiner|niemand)|"
    r"(?:nichts|nicht|keine?) (?:\w+ ){0,2}(?:live|echtzeit\w*|sofort)|"
    r"(?:pas|rien|aucun\w*) (?:\w+ ){0,2}(?:de |d'|en )?(?:temps reel|direct|instantane\w*|en ligne)|"
    r"(?:no|nada|nessun\w*|non|nao|sem|sin) (?:\w+ ){0,3}(?:tiempo real|en linea|en directo|en vivo|"
    r"tempo reale|in diretta|tempo real|ao vivo|online)|"
    r"(?:niet|geen|niets) (?:\w+ ){0,2}(?:live|realtime|meteen))"
)
_DUE = expression(
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
_NO_RESULT = expression(
    r"[$€£]|\b(?:budget|costs?|usd|eur|euros?|dollars?|pounds?|kosten|cout|coste|costo|custo|spend|pay|"
    r"fee|uptime|availab\w+|"
    r"backup\w*|meeting|releases?|deploy\w*|maintenance|report is to be|audit\w*|verfugbarkeit|sends?|"
    r"send|messages?|"
    r"requests?|visits|use[sd]?|reunion|patch|bill|invoice[ds]? (?:us|me)|downtime)\b"
)
_WAITED = expression(
    r"\b(?:within|up to|in less than|at most|under|max\w*|inside|not more than|no more than|after|"
    r"innerhalb|hochstens|in|en) "
    r"(?:about |roughly |von )?(?:a|one|two|three|thirty|ten|twenty|\d+) (?:minutes?|seconds?|minuten?|"
    r"sekunden?|segundos|minutos|secondes)\b"
    r"|\b(?:one|two|three|\d+) minutes (?:from|after)\b"
)
_SURFACE = cues.pattern("workload.surface")
_PAPER = cues.pattern("workload.paper")
_LONGEST_WAIT = 120_000
_NO_HURRY = cues.pattern("workload.no_hurry")
A_RATE = re.compile(r"(?:a|per|pro|por|par|je|al|ao|by)\s")
"""`9,000 a day` is a rate, `9,000 nightly` a job."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A workload and the words that speak for it."""

    workload: str
    start: int
    end: int
    inferred: bool = False
    reason: str = ""


def implied(brief: Brief, known: Known, seen: list[Seen]) -> list[Seen]:
    """What follows from a time that is set, from rhythms, screens and files, where no word names the kind of work."""
    names = {each.workload for each in seen}
    latency, task = known.get("latency_ms_p95"), known.get("ml_task")
    if "streaming_inference" in names:
        return []
    if "online_inference" not in names and latency is not None and _is_awaited(brief, latency):
        return [placed(brief, latency, "A response time is set, so requests are answered one by one.")]
    hurry = _NO_HURRY.search(brief.text)
    if not names & {"online_inference", "batch_inference"} and hurry:
        reason = "Nobody waits for the answer."
        return [Seen("batch_inference", *hurry.span(), True, reason)]
    if (
        not names & {"online_inference", "batch_inference"}
        and task is not None
        and task.value == "llm_rag"
        and task.quote
    ):
        return [placed(brief, task, "An assistant answers while somebody waits.")]
    if not names & {"online_inference", "batch_inference"}:
        regular = _regular_otherwise(brief)
        if regular is not None:
            return [regular]
        waited = _WAITED.search(brief.text)
        if waited and not background.is_background(brief, brief.statement_at(waited.start())):
            reason = "Answers are expected within moments."
            return [Seen("online_inference", *waited.span(), True, reason)]
        used = _by_use(brief)
        if used is not None and task is not None and "experimentation" not in names:
            return [used]
    return []


def _is_awaited(brief: Brief, latency: Constraint) -> bool:
    """Whether a time that is set is one for which somebody waits."""
    if latency.quote is None or latency.value > _LONGEST_WAIT:
        return False
    said = brief.statement_at(brief.folded_offset(latency.quote.start)).text
    return not (_NO_HURRY.search(said) or NEGATIVE_LIVE.search(said))


def _by_use(brief: Brief) -> Seen | None:
    """What is said of where results appear: a screen somebody looks at, or paper and files."""
    surface: Seen | None = None
    paper: Seen | None = None
    for statement in brief.statements:
        if background.is_background(brief, statement) or background.is_open(statement):
            continue
        at, sheet = _SURFACE.search(statement.text), _PAPER.search(statement.text)
        if at and surface is None and not NEGATIVE_LIVE.search(statement.text):
            span = (statement.start + at.start(), statement.start + at.end())
            if not negation.is_negated(brief, *span):
                surface = Seen("online_inference", *span, True, "Somebody sees the answer at once.")
        if sheet and paper is None:
            span = (statement.start + sheet.start(), statement.start + sheet.end())
            if not negation.is_negated(brief, *span):
                paper = Seen("batch_inference", *span, True, "Results are handed over together.")
    return surface or paper


def _regular_otherwise(brief: Brief) -> Seen | None:
    """A rhythm or hour by which results are due, where no word says that they are computed in batches."""
    for statement in brief.statements:
        if background.is_background(brief, statement) or background.is_open(statement):
            continue
        if training_cues.training_spans(statement.text) or _NO_RESULT.search(statement.text):
            continue
        due = _DUE.search(statement.text)
        if due is not None:
            span = (statement.start + due.start(), statement.start + due.end())
            return Seen("batch_inference", *span, True, "Results are due at set times.")
        for rhythm in find_rhythms(statement.text):
            start, end = statement.start + rhythm.start, statement.start + rhythm.end
            counted = A_RATE.match(brief.text, start) and re.search(
                r"\d[^.;:!?]{0,40}$", statement.text[: rhythm.start]
            )
            if (
                rhythm.name in ("continuous", "on_demand")
                or counted
                or negation.is_negated(brief, start, end)
            ):
                continue
            return Seen("batch_inference", start, end, True, "Results come to a rhythm.")
    return None


def placed(brief: Brief, constraint: Constraint, reason: str, workload: str = "online_inference") -> Seen:
    """A workload that rests on the words of another constraint."""
    assert constraint.quote is not None
    start = brief.folded_offset(constraint.quote.start)
    return Seen(workload, start, max(start + 1, brief.folded_offset(constraint.quote.end)), True, reason)
