"""Adds up people who are named side by side: `me and one apprentice`, `3 quants + 1 dev`, `Pieter and I`."""

import re
from dataclasses import dataclass

from libs.intake import background
from libs.intake.brief import Brief, Statement
from libs.intake.candidates import Candidate
from libs.intake.numbers import Number
from libs.intake.rules import rows
from libs.intake.searching import expression
from libs.intake.vocabulary import cues

_ROLE = (
    rf"(?:{cues.words('team.role')})(?![a-z])"
    r"(?! (?:engineers?|developers?|devs?|people|persons?|ops|specialists?|scientists?|students?|folks|"
    r"experts?)\b)"
)
_SELF = expression(rf"(?:{cues.words('team.self')})(?![a-z'])")
_ONE = expression(rf"(?:{cues.words('team.a')}) (?:[a-z/-]+ ){{0,3}}?{_ROLE}")
_MANY = expression(rf"\s*-?(?:[a-z/-]+ ){{0,2}}?{_ROLE}")
_COMES_ME = expression(
    r"(?:[a-z]+, ){0,4}(?:[a-z]+,? )?(?:and|und|et|y|e|en|plus) (?:me|myself|ich|moi|yo|io|eu|ik)\b|"
    r"(?:me|myself)\b"
)
"""What follows the comma is a list of names that ends with the writer."""
_OTHERS = expression(
    r"(?:\s*(?:others?|more|weitere|andere|autres|mas|outros|altri|anderen))?(?=\s*(?:[.,;!)\n]|$))"
)
_NAME = expression(r"[A-ZÀ-Þ][a-zà-ÿ]{2,}(?![a-zà-ÿ])")
_JOIN = expression(
    r"(?:\s*\([^()]{0,40}\))?(?:\s*,\s*(?:(?:the|our) [a-z]+ (?:gives |adds |has )?(?=(?:one|an?|two|"
    r"three|\d) )|and |und |et |y |e |plus )?|(?: of [a-z]+| [a-z-]{3,}){0,2}?\s*,?\s*"
    r"(?:\+|&|\band\b|\bplus\b|\bwith\b|\bund\b|\by\b|\bet\b|\be mais\b|\be\b|\ben\b|\bmais\b)\s*)(?:just |"
    r"only |nur )?"
)
_HEADED = expression(rf"[\s*>|#\d.)-]*(?:{cues.words('team.headed')})(?: size)?\**\s*[:|=-]")
_VERB = expression(rf"(?<![a-z])(?:{cues.words('team.verb')})(?![a-z])")
_START = expression(r"(?<![a-z0-9])[a-z0-9]")
_TRADE = expression(
    r"\b(?:data|ml|software|machine learning|devops|platform|engineers?|developers?|devs?|programmers?|"
    r"analysts?|"
    r"data scientists?|entwickler\w*|ingenieur\w*|ingenier\w*|desarrollador\w*|developpeu\w+|sviluppator\w*|"
    r"ontwikkelaars?|desenvolvedor\w*)\b"
)
_NOT_OURS = expression(
    r"\b(?:customers?|clients?|users?|consultants?|vendors?|competitors?|hir(?:e|ed|ing)|recruit\w*|left|"
    r"look(?:s|ing)? for|"
    r"use(?:s|d)?|read(?:s)?|check(?:s|ed)?|interview\w*|requested|last year|kunden|clientes|clienti)\b"
)
_NEAR = 45
_MOST = 60


@dataclass(frozen=True, slots=True)
class _Term:
    count: float
    end: int
    kind: str
    """self, role or name."""


def added_up(brief: Brief) -> list[Candidate]:
    """Sums of at least two terms that stand for the people who build or run the system."""
    counted = {number.start: number for number in brief.numbers if not rows.is_row_number(brief, number)}
    found: list[Candidate] = []
    for statement in brief.statements:
        if background.is_open(statement) or background.is_about_others(statement):
            continue
        done = statement.start
        for match in _START.finditer(brief.text, statement.start, statement.end):
            if match.start() < done:
                continue
            chain = _chain(brief, match.start(), counted)
            end = chain[-1].end if chain else match.start()
            total = sum(each.count for each in chain)
            if chain and total <= _MOST:
                if _stands_for_a_team(brief, statement, match.start(), chain):
                    found.append(Candidate(total, match.start(), end, 3.0, 0.85))
                elif _is_of_the_trade(brief, match.start(), chain):
                    found.append(Candidate(total, match.start(), end, 2.0, 0.7))
            done = max(done, end)
    return found


def _is_of_the_trade(brief: Brief, start: int, chain: list[_Term]) -> bool:
    """Engineers who are added up without a word on what they do; nobody else builds such a system."""
    end = chain[-1].end
    return (
        len(chain) >= 2
        and all(each.kind != "name" for each in chain)
        and bool(_TRADE.search(brief.text, start, end))
        and not _NOT_OURS.search(brief.before(start, 50) + " ~ " + brief.after(end, 50))
    )


def cares(text: str) -> bool:
    """Whether words of looking after something are in the text."""
    return bool(_VERB.search(text))


def _chain(brief: Brief, start: int, counted: dict[int, Number]) -> list[_Term]:
    terms: list[_Term] = []
    at = start
    while term := _term(brief, at, counted, bool(terms) and terms[-1].kind == "self"):
        apposition = (
            term.kind == "self"
            and len(terms) == 1
            and terms[0].kind != "name"
            and bool(re.search(r",\s*$", brief.text[terms[0].end : at]))
        )
        named_again = (
            term.kind == "name"
            and terms
            and terms[0].kind == "role"
            and terms[0].count >= 2
            and not re.search(r"\b(?:and|plus|und|y|et|e|en)\b|[+&]", brief.text[terms[-1].end : at])
        )
        if apposition or named_again or (term.kind == "self" and any(each.kind == "self" for each in terms)):
            break
        terms.append(term)
        join = _JOIN.match(brief.text, term.end)
        if (
            join is None
            or ("with" in join.group() and term.kind != "self")
            or join.end() == term.end
            or (term.kind == "name" and "," in join.group() and not _COMES_ME.match(brief.text, join.end()))
        ):
            break
        at = join.end()
    return terms


def _term(brief: Brief, at: int, counted: dict[int, Number], after_self: bool) -> _Term | None:
    own = _SELF.match(brief.text, at)
    number = None if own else counted.get(at)
    if number is not None:
        others = _OTHERS.match(brief.text, number.end)
        if after_self and others and 1 <= number.value <= _MOST:
            return _Term(number.value, others.end(), "role")
        many = _MANY.match(brief.text, number.end)
        return _Term(number.value, many.end(), "role") if many and number.value >= 0.5 else None
    if own:
        return _Term(1, own.end(), "self")
    one = _ONE.match(brief.text, at)
    if one and not any(at < start < one.end() for start in counted):
        return _Term(1, one.end(), "role")
    named = _NAME.match(brief.cased(at, min(at + 20, len(brief.text)))) if at < len(brief.text) else None
    return _Term(1, at + len(named.group()), "name") if named else None


def _stands_for_a_team(brief: Brief, statement: Statement, start: int, chain: list[_Term]) -> bool:
    kinds = [each.kind for each in chain]
    headed = bool(_HEADED.match(statement.text))
    if headed:
        return len(chain) >= 2 or kinds == ["role"]
    if len(chain) < 2 or kinds.count("name") == len(kinds):
        return False
    end = chain[-1].end
    alone = not re.search(r"[a-z0-9]", brief.before(start, 200) + brief.after(end, 200))
    near = brief.before(start, _NEAR) + " " + brief.after(end, _NEAR)
    return alone or bool(_VERB.search(near))
