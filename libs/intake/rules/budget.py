"""Reads the limit on running cost."""

import re

from libs.intake import background, correction
from libs.intake.brief import Brief
from libs.intake.candidates import Candidate, Known, Reading, constraint_of
from libs.intake.models import Conflict
from libs.intake.money import USD_PER, Money, money_of, period_in
from libs.intake.numbers import Number

_LIMIT = re.compile(
    r"\b(?:budget\w*|cap|capped|ceiling|limit\w*|max\w*|at most|no more than|not more|not "
    r"exceed|tops|up to|under|below|within|spend\w*|afford|"
    r"running (?:it|costs?)|run(?:ning)? cost\w*|opex|operating|operation|operations|"
    r"recurring|pay|cheaper than|less than|keep it|stay under|envelope|"
    r"allocat\w+|approved|signed off|there (?:are|is)|we have|i have|they gave us|gives? us|"
    r"cost target|can go (?:up )?to|grand|"
    r"kosten|betrieb\w*|hochstens|maximal|ausgeben|kostenrahmen|uberschreiten|gasto|coste\w*|"
    r"costo\w*|presupuesto|maximo|gastar|"
    r"cout\w*|depenser|plafond|maximum|depasser|spare|tolerate)\b"
)
_BUDGET_WORD = re.compile(
    r"\b(?:budget\w*|opex|running costs?|presupuesto|kostenrahmen|gasto|laufende\w* kosten|"
    r"cost (?:cap|ceiling|limit))\b"
)
_ONE_OFF = re.compile(
    r"\b(?:once|one[- ]?(?:off|time)|set-?up|upfront|up[- ]front|capex|to (?:build|get it "
    r"built|develop)|build cost|implementation|development budget|project budget|"
    r"migration|einmalig\w*|anschaffung\w*|unico|inicial|unique|investissement|initial)\b"
)
_NO_BUDGET = re.compile(
    r"\b(?:bill\w*|invoice\w*|raised|(?:shop|company|we|business|store|site|firm|group|bank) "
    r"(?:makes?|made|earns?)|generat\w+|turns? over|revenue\w*|turnover|sales|licen[cs]e\w*|"
    r"salar\w+|loses?|losing|lost|losses|saves?|saving\w*|damage\w*|fraud loss\w*|"
    r"worth|gmv|profit\w*|margin|fines?|penalt\w+|per (?:transaction|order|customer|user|"
    r"request|claim|document)|each (?:order|customer)|costs? us|"
    r"funding|series [abc]|grant that|was \d+k? for the pilot|pilot|umsatz|verlust\w*|"
    r"schaden\w*|ingresos|perdid\w+|factura\w*|chiffre d'affaires|"
    r"pertes?|last (?:month|year|quarter)|we paid|cancelled|average (?:order|basket|claim)|"
    r"tickets? (?:of|over)|transactions? (?:of|over|above)|"
    r"processed|volume of|assets|balance|prime\w*|premium\w*)\b"
)
_PARTS = re.compile(r"\b(?:of which|of that|includ\w+|thereof|davon|de los cuales|dont)\b[^.;]{0,40}$")
_CAPPED = re.compile(r"\b(?:max\w*|cap\w*|ceiling)\W{0,3}(?:of |at |is )?$")
_ENDS = re.compile(r"\s*(?:[.,;)!\n]|$)")
_SAME_UNIT = r"(?:usd|dollars|euros?|k\b|people|engineers|requests|ms|%|gb|tb)"


def read(brief: Brief, known: Known) -> Reading:
    """US dollars a month; with two limits the lower one and a conflict."""
    candidates: list[Candidate] = []
    for number in brief.numbers:
        found = _candidate(brief, number)
        if found is None:
            continue
        money, candidate = found
        candidates.append(candidate)
        again = correction.restated(brief, money.end, _SAME_UNIT)
        if again is not None:
            candidates.append(_restated(money, again, candidate))
    left = correction.standing(brief, candidates)
    if not left:
        return Reading()
    top = max(each.weight for each in left)
    strongest = [each for each in left if each.weight == top]
    chosen = min(strongest, key=lambda each: each.value)
    rival = next((each for each in strongest if each.value > 1.05 * chosen.value), None)
    conflicts: tuple[Conflict, ...] = ()
    if rival is not None and brief.statement_at(rival.start) == brief.statement_at(chosen.start):
        # `a budget of X with Y as absolute maximum` is a range.
        chosen, rival = max(strongest, key=lambda each: each.value), None
    if rival is not None and chosen.weight >= 3:
        conflicts = (
            Conflict(
                code="intake.two_budgets",
                fields=("budget_usd_month",),
                message=(
                    f"The brief names {chosen.value:g} and {rival.value:g} USD a month as a limit; say which "
                    f"one holds."
                ),
                quotes=(brief.quote(chosen.start, chosen.end), brief.quote(rival.start, rival.end)),
            ),
        )
    return Reading(constraint_of(brief, "budget_usd_month", chosen), conflicts)


def _candidate(brief: Brief, number: Number) -> tuple[Money, Candidate] | None:
    money = money_of(brief, number)
    if money is None or number.value < 1:
        return None
    statement = brief.statement_at(number.start)
    near = brief.before(money.start, 110) + " " + brief.after(money.end, 70)
    limited = bool(_LIMIT.search(near))
    budget_word = bool(_BUDGET_WORD.search(near))
    capped = bool(_CAPPED.search(brief.before(money.start, 25))) and bool(
        _ENDS.match(brief.after(money.end, 8))
    )
    if money.currency is None and not ((budget_word or capped) and number.value >= 50):
        return None
    if (
        background.is_open(statement)
        or background.is_headed_background(brief, statement)
        or background.is_about_others(statement)
    ):
        return None
    if background.is_background(brief, statement) and not budget_word:
        return None
    close = brief.before(money.start, 60) + " " + brief.after(money.end, 45)
    if _ONE_OFF.search(close) and not (money.period and re.search(r"\brun\w*|recurring|limit|exceed", close)):
        return None
    if _NO_BUDGET.search(close) or _PARTS.search(brief.before(money.start, 60)):
        return None
    if money.period is None:
        previous = brief.previous(statement)
        period = period_in(statement.text) or (period_in(previous.text) if previous and limited else None)
        if period is None and not budget_word and not limited:
            return None
        money = Money(money.number, money.currency, period, money.start, money.end)
    terse = len(statement.text.strip()) < 60
    if not limited and not terse and money.period not in ("month", "year"):
        return None
    return money, Candidate(
        round(money.usd_per_month(), 2),
        money.start,
        money.end,
        1.0 + limited + (money.period is not None) + budget_word * 0.0,
        0.95 if money.period and limited else 0.75,
        _reason(money),
        inferred=money.period is None,
    )


def _reason(money: Money) -> str:
    parts = []
    if money.currency not in (None, "USD"):
        parts.append(f"{money.currency} at {USD_PER[money.currency or 'USD']:g} USD")
    if money.period is None:
        parts.append("no period is named, taken as a limit per month")
    elif money.period != "month":
        parts.append(f"per {money.period}, brought to a month")
    return "; ".join(parts)


def _restated(money: Money, again: Number, earlier: Candidate) -> Candidate:
    value = again.value
    if again.scale == 1 and money.number.scale > 1 and value < 1000:
        value *= money.number.scale
    return Candidate(
        round(money.usd_per_month(value), 2),
        again.start,
        again.end,
        earlier.weight,
        0.85,
        earlier.reason,
        earlier.inferred,
    )
