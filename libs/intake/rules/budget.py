"""Reads the limit on running cost."""

from libs.intake import background, correction
from libs.intake.brief import Brief, Statement
from libs.intake.candidates import Candidate, Known, Reading, constraint_of
from libs.intake.models import Conflict
from libs.intake.money import USD_PER, Money, money_of, period_in
from libs.intake.numbers import Number
from libs.intake.searching import expression
from libs.intake.vocabulary import cues

_LIMIT = expression(rf"\b(?:{cues.words('budget.limit')})\b")
_BUDGET_WORD = expression(rf"\b(?:{cues.words('budget.word')})\b")
_ONE_OFF = expression(rf"\b(?:{cues.words('budget.one_off')})\b")
_NO_BUDGET = expression(rf"\b(?:{cues.words('budget.not_a_limit')})\b")
_PRESENT = cues.pattern("background.present")
_TURN = expression(
    r"(?:[,;(]\s*|\bso |\band (?=then|after))(?:after that|afterwards|then\b|so\b|could|can|but|while|"
    r"whereas|however|instead|alors que|mais|aber|wahrend|pero|mientras|ma|"
    r"mentre|mas|"
    r"maar|terwijl|and|der|die|das|of which)\b|[;.]\s|\b(?:alors que|whereas)\b"
)
_PARTS = expression(r"\b(?:of which|of that|includ\w+|thereof|davon|de los cuales|dont)\b[^.;]{0,40}$")
_FACT = expression(
    rf"(?<![a-z])(?:{cues.words('budget.fact')})\s+(?:[a-z]+ ){{0,4}}?"
    r"(?:about |around |some |rund |etwa |environ |unos )?[~$€£]?\s*$"
)
"""`An analyst costs 6,500 a month`, `we pay 800`: how things are."""
_RIGHT_NOW = expression(rf"\s*(?:{cues.words('budget.right_now')})(?![a-z])")
_NOW_BEFORE = expression(
    r"\b(?:currently|right now|at the moment|at present|today|so far|nowadays|derzeit|aktuell|bisher|"
    r"heute|actuellement|"
    r"aujourd'hui|actualmente|hoy|ahora mismo|attualmente|oggi|momenteel|nu|atualmente|hoje)\b[^,;.()]{0,25}$"
)
_SUM_LEAST = 50
_STRICT = cues.pattern("budget.strict")
_BREAK = expression(
    r"[,;:()](?=\s|$)|\s[-–]\s|(?<=\s)\(|\b(?:and|but|so|then|und|aber|et|mais|y|pero|e|ma|mas|maar|en|"
    r"while|whereas)\b"
)
"""Where the words of one sum end and those of the next begin."""
_CAPPED = expression(r"\b(?:max\w*|cap\w*|ceiling)\W{0,3}(?:of |at |is )?$")
_RUNNING = expression(
    r"\brun\w*|recurring|limit|exceed|after that|afterwards|thereafter|danach|ensuite|despues"
)
_SUM = expression(r"[$€£]|\b(?:usd|eur|gbp|chf|cad|dollars?|euros?|pounds)\b")
_GRAND = expression(r"\bgrand\b")
_SPENDING = expression(
    r"\b(?:money|spend\w*|costs?|pay|afford|running costs?|geld|kosten|ausgeben|bezahlen|argent|depens\w+|"
    r"couts?|gastar|"
    r"costes?|spesa|spendere|kosten|uitgeven)\b"
)
_TERSE = expression(
    r"[\s*>#|\d.)(•·-]*(?:[a-z /&_-]{2,30}[:|=]|(?:the )?(?:money|budget|costs?|cost|price|spend|geld|"
    r"kosten|argent|"
    r"dinero|presupuesto|and|plus|also|ok|so|geht|max\.?|about|around|roughly|circa|ca\.?|etwa|environ|unos)\b"
    r"[^a-z]{0,3}){0,3}\s*[~$€£]?\s*$"
)
_LEFT_OUT = expression(
    r"\b(?:hors|excl\.?|excluding|without|before|not counting|not including|ohne|exklusive|zzgl\.?|sin|"
    r"excluido|"
    r"esclus[oie]|zonder) (?:\w+ ){0,2}?(?:licen[cs]\w*|lizenz\w*|taxes?|vat|salari\w+|personnel|staff|"
    r"support)\b"
)
_ONE_OFF_ROW = expression(
    r"\b(?:build|setup|set-up|one-off|capex|implementation|introduction|einmalig\w*|unico|unique)\b"
)
_COUNTED = expression(
    rf"\s+(?!(?:{cues.words('budget.word')}|per|each|every|budget)(?![a-z]))[a-z]{{3,}} "
    r"(?:a|an|per|each|every) (?:day|hour|night|week)\b"
)
"""`200,000 customers a day` is a load, whatever is said of money beside it."""
_ENDS = expression(r"\s*(?:[.,;)!\n]|$)")
_OTHER_UNIT = (
    r"(?:%|ms\b|s\b|sec|rps|qps|requests|calls|users|people|gb|tb|hours?|days?|weeks?|years?|times|nines|"
    r"engineers|stunden|tage|personas|[$€£]|usd|eur|dollars)"
)
_ALIKE = 5
"""A figure that replaces another is not of a wholly different size."""
_SAME_UNIT = r"(?:usd|dollars|euros?|k\b|people|engineers|requests|ms|%|gb|tb)"


def read(brief: Brief, known: Known) -> Reading:
    """US dollars a month; with two limits the lower one and a conflict."""
    candidates: list[Candidate] = []
    for number in brief.numbers:
        found = _candidate(brief, number)
        if found is None:
            candidates += _instead_of_present(brief, number)
            continue
        money, candidate = found
        candidates.append(candidate)
        again = (
            correction.restated(brief, money.end, _SAME_UNIT)
            or correction.agreed(brief, money.end, _OTHER_UNIT)
            or correction.continued(brief, money.end, _OTHER_UNIT)
        )
        if again is not None:
            other = _restated(money, again, candidate)
            if candidate.value / _ALIKE <= other.value <= candidate.value * _ALIKE:
                candidates.append(other)
    left = correction.standing(brief, candidates)
    if not left:
        return Reading()
    top = max(each.weight for each in left)
    strongest = [each for each in left if each.weight == top]
    chosen = min(strongest, key=lambda each: each.value)
    rival = next(
        (
            each
            for each in strongest
            if each.value > 1.05 * chosen.value
            and not _ONE_OFF_ROW.search(brief.statement_at(each.start).text)
        ),
        None,
    )
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
    clause = _clause(brief, money)
    limited = bool(_LIMIT.search(_near(brief, money)))
    budget_word = bool(_BUDGET_WORD.search(_near(brief, money)))
    if money.currency is None and not _goes_without_currency(brief, money, budget_word):
        return None
    if (
        background.is_open(statement)
        or background.is_headed_background(brief, statement)
        or background.is_about_others(statement)
    ):
        return None
    if (
        background.is_background(brief, statement)
        and not budget_word
        and (_PRESENT.search(clause) or not _LIMIT.search(clause))
    ):
        return None
    if _ONE_OFF.search(clause) and not (money.period and _RUNNING.search(clause)):
        return None
    part = _PARTS.search(brief.before(money.start, 60))
    if (
        _NO_BUDGET.search(_of_the_sum(brief, money, clause))
        or _is_fact(brief, money)
        or (part and not _STRICT.search(part.group()))
    ):
        return None
    own = money.period is not None
    if money.period is None:
        period = _borrowed_period(brief, money, limited)
        if _was_spoken_of(brief, statement) and correction.is_settled(brief, number):
            period, limited = period or "month", True
        if period is None and not budget_word and not limited:
            return None
        money = Money(money.number, money.currency, period, money.start, money.end)
    terse = len(statement.text.strip()) < 60 and _TERSE.match(brief.before(money.start, 60))
    if not limited and not terse and money.period not in ("month", "year"):
        return None
    if not limited and not own and not terse:
        return None
    return money, Candidate(
        round(money.usd_per_month(), 2),
        money.start,
        money.end,
        1.0
        + limited
        + (1.0 if own or (money.period and _LIMIT.search(clause)) else 0.5 if money.period else 0.0),
        0.95 if money.period and limited else 0.75,
        _reason(money),
        inferred=money.period is None,
    )


def _instead_of_present(brief: Brief, number: Number) -> list[Candidate]:
    """`The cluster costs 4,100 a month and I want to stay below 3,000`."""
    money = money_of(brief, number)
    if money is None or money.period is None or money.currency is None:
        return []
    again = correction.continued(brief, money.end, _OTHER_UNIT)
    present = Candidate(round(money.usd_per_month(), 2), money.start, money.end, 1.5, 0.75, _reason(money))
    other = _restated(money, again, present) if again else None
    return [other] if other and present.value / _ALIKE <= other.value <= present.value * _ALIKE else []


def _near(brief: Brief, money: Money) -> str:
    """The words around a sum; keys such as `cost_ceiling` are two of them."""
    return (brief.before(money.start, 110) + " " + brief.after(money.end, 70)).replace("_", " ")


def _goes_without_currency(brief: Brief, money: Money, budget_word: bool) -> bool:
    """Whether a bare figure is a sum: by a word of budget, a cap, or a period beside another sum of the text."""
    if money.number.value < 50 or _COUNTED.match(brief.text, money.number.end):
        return False
    capped = _CAPPED.search(brief.before(money.start, 25)) and _ENDS.match(brief.after(money.end, 8))
    if budget_word or capped or _GRAND.search(brief.text, money.number.start, money.number.end):
        return True
    return money.period in ("month", "year") and bool(
        _LIMIT.search(_clause(brief, money))
        and (_SUM.search(brief.text) or _SPENDING.search(brief.statement_at(money.start).text))
    )


def _was_spoken_of(brief: Brief, statement: Statement) -> bool:
    """Whether the statement before is about the budget."""
    previous = brief.previous(statement)
    return previous is not None and bool(_BUDGET_WORD.search(previous.text))


def _borrowed_period(brief: Brief, money: Money, limited: bool) -> str | None:
    """The period that the statement names elsewhere, if it does not belong to another sum."""
    statement = brief.statement_at(money.start)
    text = statement.text
    capped = _STRICT.search(_clause(brief, money))
    for number in () if capped else brief.numbers_from(statement.start):
        if statement.start <= number.start < statement.end and number.start != money.number.start:
            other = money_of(brief, number)
            if other is not None and other.period is not None:
                first, last = other.number.end - statement.start, other.end - statement.start
                text = text[:first] + "~" * (last - first) + text[last:]
    previous = brief.previous(statement)
    return period_in(text.replace("_", " ")) or (period_in(previous.text) if previous and limited else None)


def _clause(brief: Brief, money: Money) -> str:
    """The words around a sum that speak of it, not of what is set against it or of the next sum."""
    before, after = brief.before(money.start, 60), brief.after(money.end, 45)
    for number in brief.numbers_from(max(0, money.start - 60)):
        if money.start - len(before) <= number.start < money.start and number.end <= money.start:
            cut = _BREAK.search(brief.text, number.end, money.start)
            before = before[-(money.start - cut.start()) :] if cut else before
        sum_next = number.value >= _SUM_LEAST or _SUM.search(brief.text[number.end : number.end + 4])
        if money.end < number.start <= money.end + 45 and sum_next:
            cut = _BREAK.search(brief.text, money.end, number.start)
            after = after[: cut.start() - money.end] if cut else after
            break
    around = _TURN.split(before)[-1] + brief.text[money.start : money.end] + _TURN.split(after)[0]
    return _LEFT_OUT.sub(" ", around).replace("_", " ")


def _of_the_sum(brief: Brief, money: Money, clause: str) -> str:
    """The clause, or only what stands between two breaks where that says already that the sum is a limit.

    `Forecast sales, costs at most 900 a month`: the sales belong to the task.
    """
    before = _BREAK.split(brief.before(money.start, 60))[-1]
    behind = _BREAK.split(brief.after(money.end, 45))[0]
    own = f"{before}{brief.text[money.start : money.end]}{behind}"
    return own if _BUDGET_WORD.search(own) or _STRICT.search(own) else clause


def _is_fact(brief: Brief, money: Money) -> bool:
    """Whether a verb tells what something costs or somebody pays, and no word makes a limit of it."""
    before = brief.before(money.start, 50)
    if not (_FACT.search(before) or _NOW_BEFORE.search(before) or _RIGHT_NOW.match(brief.text, money.end)):
        return False
    behind = _BREAK.split(brief.after(money.end, 45))[0]
    return not (_STRICT.search(_BREAK.split(before)[-1]) or _STRICT.search(behind))


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
    if again.scale == 1 and money.number.scale > 1 and value < 1000 and not 98 < value < 100:
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
