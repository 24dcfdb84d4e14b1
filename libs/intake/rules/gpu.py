"""Reads whether GPUs are asked for or ruled out."""

import re

from libs.intake import asked, background, negation
from libs.intake.brief import Brief
from libs.intake.candidates import Candidate, Known, Reading, reading_of
from libs.intake.models import Conflict
from libs.intake.vocabulary import cues

_GPU = re.compile(
    r"\b(?:gpus?|(?:nvidia )?(?:[ahv]100s?|h200s?|b200s?|a10g?s?|t4s?|l4s?|l40s|rtx ?\d{4})|"
    r"graphics cards?|grafikkarten?|tarjetas? graficas?|cartes? graphiques?|cuda|"
    r"(?:p3|p4d|p5|g4dn|g5|g6)\.\d*x?large)\b"
)
_CPU_ONLY = re.compile(rf"\b(?:{cues.words('gpu.cpu_only')})\b")
_OPTIONAL = re.compile(rf"\b(?:{cues.words('gpu.optional')})\b")
_IN_PASSING = re.compile(r"%\s*of it $|\b(?:bill|invoice)\b[^.]{0,15}$")
_IN_PASSING_AFTER = re.compile(r"^\s*(?:hours?|shortage|market|prices?|bills?|costs?|vendors?)\b")
_FOR_OTHERS = re.compile(
    r"\s*(?:are|is|sind|sont|son) (?:(?:reserved|only|used|needed|booked) )?(?:for|by|fur|pour|para) "
    r"(?:the|our|another|other|die|das|den|le|la|el) (?!model|training|job|fine|llm|inference)"
)
_ABSENT = re.compile(
    r"\b(?:won't|will not|cannot|can't|don't|do not) (?:get|have|buy|afford|want|need|use|pay "
    r"for|approve)\b[^.;]{0,20}$"
)


def read(brief: Brief, known: Known) -> Reading:
    """True when asked for, false only when ruled out; both is a conflict."""
    for_it: list[Candidate] = []
    against: list[Candidate] = [
        Candidate(False, *match.span(), 2, 0.93) for match in _CPU_ONLY.finditer(brief.text)
    ]
    for match in _GPU.finditer(brief.text):
        start, end = match.span()
        statement = brief.statement_at(start)
        answer = asked.answer(brief, start)
        if answer is not None:
            (for_it if answer else against).append(Candidate(answer, start, end, 2, 0.85))
        elif negation.is_negated(brief, start, end) or _ABSENT.search(brief.before(start, 40)):
            against.append(Candidate(False, start, end, 2, 0.93))
        elif _is_wanted(brief, start, end) and not background.is_open(statement):
            for_it.append(Candidate(True, start, end, 2, 0.9))
    if for_it and against:
        return Reading(
            None,
            (
                Conflict(
                    code="intake.gpu_wanted_and_ruled_out",
                    fields=("gpu_needed",),
                    message="GPUs are asked for and ruled out; say which one holds.",
                    quotes=(
                        brief.quote(for_it[0].start, for_it[0].end),
                        brief.quote(against[0].start, against[0].end),
                    ),
                ),
            ),
        )
    return reading_of(brief, "gpu_needed", next(iter(for_it or against), None))


def _is_wanted(brief: Brief, start: int, end: int) -> bool:
    statement = brief.statement_at(start)
    if background.is_background(brief, statement) or background.is_question(statement):
        return False
    if _FOR_OTHERS.match(brief.after(end, 40)):
        return False
    if _IN_PASSING.search(brief.before(start, 25)) or _IN_PASSING_AFTER.match(brief.after(end, 30)):
        return False
    clause = (
        re.split(r"[;:.!?\n]", brief.before(start, 60))[-1] + re.split(r"[;.!?\n]", brief.after(end, 60))[0]
    )
    return not _OPTIONAL.search(clause)
