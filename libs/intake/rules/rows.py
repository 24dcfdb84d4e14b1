"""Tells the running number of a row in a form from a figure: `13 Staff ........ 1 FTE`."""

import re

from libs.intake.brief import Brief
from libs.intake.numbers import Number

_ROW = re.compile(r"\s*(?:\d{1,2}|[a-z])(?:\.\d{1,2})?[.)]?\s+[a-z][\w /&-]{1,30}?\s*(?:\.{3,}|:|\||_{3,})")

_SECTION = re.compile(r"[ ]*(\d{1,2})\.?[ ]+[a-z][a-z/&-]+(?: [a-z/&-]+){0,3}(?:\.|:|\n)")
_SECTION_LINE = re.compile(rf"^{_SECTION.pattern}", re.MULTILINE)


def is_row_number(brief: Brief, number: Number) -> bool:
    """Whether a number only counts the rows of a form."""
    statement = brief.statement_at(number.start)
    if brief.text[statement.start : number.start].strip():
        return False
    return bool(_ROW.match(statement.text)) or _heads_a_section(brief, number)


def _heads_a_section(brief: Brief, number: Number) -> bool:
    """`6 Staff. Two engineers.` between a section 5 and a section 7."""
    line = brief.text[brief.text.rfind("\n", 0, number.start) + 1 :]
    head = _SECTION.match(line)
    if head is None or number.value != int(head.group(1)):
        return False
    others = {int(each.group(1)) for each in _SECTION_LINE.finditer(brief.text)}
    return bool({number.value - 1, number.value + 1} & others)
