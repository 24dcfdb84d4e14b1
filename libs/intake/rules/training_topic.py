"""Tells which statements are about training though they only name its rhythm: answers, schedules, short amendments."""

import re

from libs.intake import background, negation
from libs.intake.brief import Brief, Statement
from libs.intake.rhythms import find_rhythms
from libs.intake.rules import training_cues

_RHYTHM_WORD = re.compile(
    r"\b(?:rhythm|cadence|often enough|schedule is|interval|rhythmus|turnus|ritmo|cadencia|rythme)\b"
)
SCORING_NEAR = re.compile(
    r"\b(?:scor\w+|predict\w*|re-?score|infer\w*|forecasts?|list|report|"
    r"(?<!coefficients are )recalcula\w*|batch run|"
    r"prognosen?|vorhersag\w*|previsions?|predicciones|pronostic\w*|previsioni|previsoes|"
    r"voorspelling\w*|puntua\w*|"
    r"notee?s|bewerte\w*|re-?index\w*|indice|index)\b"
)
SUGGESTED = re.compile(
    r"\b(?:vendors?|consultants?|competitors?|sales(?:man|people)|berater|anbieter|fournisseur"
    r"|proveedor|consultor\w*|suggested|proposed|at first|wanted to|wanted|came around|used to"
    r"|originally|vorgeschlagen|"
    r"considered|thought (?:of|about)|pondered|uberlegt|propuso|proposait|au debut|on disait|d'abord|"
    r"anfangs|al principio|i said|in my mail|ich sagte|dije)\b"
)
_JOBS_START = re.compile(
    r"\s*(?:the |our |these |new |training |such )*(?:runs?|jobs?|trainings?|experiments?|laufe|"
    r"lancements) (?:only )?"
    r"(?:start|begin|are (?:started|launched|kicked)|kick|get (?:started|launched))"
)
DECIDED = re.compile(
    r"\b(?:decided|decision|agreed|settled|stick to|stay with|landed on|go with|going with|final"
    r"|let's|from now on|"
    r"instead|beschlossen|entschieden|geeinigt|bleiben (?:wir )?bei|ab jetzt|kunftig|decide|convenu"
    r"|retenu|desormais|"
    r"acordamos|acordado|decidimos|decidido|quedamos|a partir de ahora|deciso|decidido|besloten"
    r"|afgesproken|we take|"
    r"we find|so we|since then|meanwhile|inzwischen|mittlerweile)\b"
)
_SCHEDULE_KEY = re.compile(
    r"\s*[-*]?\s*[\"']?(?:schedule|frequency|cadence|cron|interval|every|rhythm|when|turnus|rythme)\b"
)
_SIGNATURE = re.compile(
    r"^\s*(?:\[[^\]]{1,25}\]\s*)?[a-z][\w. -]{0,24}\s?(?:[\[(][^\])]{1,25}[\])])?:\s+(?=\S)"
)
_SHORT_ANSWER = 75
_HEADING = 3
_DO_IT = re.compile(
    r"\b(?:do|run|start|launch|kick|trigger) (?:it|that|this)\b|\bmachen wir das\b|\bdas machen wir\b|"
    r"\bon le fait\b"
    r"|\blo hacemos\b|\blo facciamo\b|\bdoen we dat\b|\bdat doen we\b"
)


def carries_over(brief: Brief, statement: Statement) -> bool:
    """A statement that only names the rhythm of what the paragraph is about."""
    if _is_under_training(brief, statement):
        return True
    if _JOBS_START.match(statement.text):
        return training_cues.speaks_of_training(brief.text)
    previous = brief.previous(statement)
    if previous is None:
        return False
    if _RHYTHM_WORD.search(statement.text) or DECIDED.search(statement.text):
        return training_cues.speaks_of_training(_topic(brief, statement))
    if _DO_IT.search(statement.text) and training_cues.speaks_of_training(previous.text):
        return True
    if len(_unsigned(statement.text).strip()) < _SHORT_ANSWER and _answers(brief, previous):
        return not SCORING_NEAR.search(statement.text)
    return (
        len(_unsigned(statement.text).strip()) < 45
        and training_cues.speaks_of_training(previous.text)
        and all(
            background.is_question(previous)
            or SUGGESTED.search(previous.text)
            or negation.is_negated(brief, previous.start + rhythm.start, previous.start + rhythm.end)
            for rhythm in find_rhythms(previous.text)
        )
        and not SCORING_NEAR.search(statement.text)
        and bool(
            re.match(
                (
                    r"\s*(?:well,? |no,? |better |rather |mejor |lieber |besser |plutot |mieux |meglio |"
                    r"liever |i'd say |let's say |nein,? |"
                    r"con |(?:we |they )?(?:settled|agreed|decided|landed) (?:on|for) |so |we |want |need |"
                    r"make it |say |ok,? |hmm,? )*(?:once|every|each|on|so|"
                    r"hourly|daily|weekly|monthly|quarterly|nightly|einmal|jede|twice|wochentlich|monatlich|"
                    r"taglich|quartalsweise|alle|"
                    r"semanal|mensual|diario|tous|toutes|hebdo|mensuel|elke|ogni|una vez|cada|une fois|"
                    r"chaque)\b"
                ),
                _unsigned(statement.text),
            )
        )
    )


def _is_under_training(brief: Brief, statement: Statement) -> bool:
    """A key such as `schedule:` that is indented below one of training."""
    if not _SCHEDULE_KEY.match(statement.text):
        return False
    line = brief.text.rfind("\n", 0, statement.start + 1) + 1
    own = _indent(brief.text[line:])
    while line > 0:
        above = brief.text.rfind("\n", 0, line - 1) + 1
        text = brief.text[above : line - 1]
        if text.strip() and (_indent(text) < own or (own == 0 and text.strip().endswith(":"))):
            return training_cues.speaks_of_training(text)
        line = above
    return False


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip(" "))


def _topic(brief: Brief, statement: Statement) -> str:
    """What the line is about; where the paragraph has no lines of its own, the paragraph."""
    start, end = brief.paragraphs[statement.paragraph]
    line = brief.text.rfind("\n", start, statement.start) + 1
    return brief.text[max(start, line) : min(end, statement.end)]


def _answers(brief: Brief, previous: Statement) -> bool:
    """Whether what stands here answers a question about training, perhaps after one remark in between."""
    asked: Statement | None = previous
    for _ in range(2):
        if asked is None:
            return False
        if training_cues.speaks_of_training(asked.text):
            return background.is_question(asked) or len(asked.text.split()) <= _HEADING
        if len(asked.text) > _SHORT_ANSWER:
            return False
        asked = brief.previous(asked)
    return False


def _unsigned(text: str) -> str:
    """A line of a conversation without who wrote it and when."""
    return _SIGNATURE.sub("", text)
