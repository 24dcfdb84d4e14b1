"""Budgets: currencies, periods, and sums that are none."""

import pytest

from tests.unit.intake.reading import checked, value_of


@pytest.mark.parametrize(
    ("text", "usd_month"),
    [
        ("$3k/mo", 3000),
        ("We can spend $6k a month, tops.", 6000),
        ("Budget 9,000 USD monthly.", 9000),
        ("budget: $400 per month", 400),
        ("Running costs must stay below 20k dollars a year.", 1666.67),
        ("I have a grant of $24k a year for running it.", 2000),
        ("900 euro per month, not more", 990),
        ("Maximal 1.500 Euro im Monat für die laufenden Kosten.", 1650),
        ("Running costs: £4,000 a month at the very outside.", 5200),
        ("Operating envelope: CAD 300,000 per year.", 18000),
        ("Gasto máximo: 2.500 dólares al mes.", 2500),
        ("Le budget est de 2 000 € par mois pour les serveurs.", 2200),
        ("8-10k dollars a month", 10000),
        ("Opex ceiling 1.2 million US dollars a year", 100000),
        ("The monthly budget is $750.", 750),
        ("US$ 180 a month is what the treasurer will swallow.", 180),
        ("Cost cap EUR 12.000 p.a. für den Betrieb und nicht mehr, das ist die Grenze", 1100),
        ("at most five hundred dollars per month", 500),
        ("no more than $150 a month, everything included", 150),
        ("Budget: 4k a month", 4000),
        ("We have 5k€/month for this", 5500),
        ("Budget: 1.500 € / Monat.", 1650),
        ("Max 2 grand a month.", 2000),
        ("$25,000 per month budget with $30,000 as absolute max.", 30000),
        ("Money maximum 600 euro for one month.", 660),
        ("The budget was forty-five thousand dollars a month; finance signed off thirty-eight.", 38000),
        ("$2,000 a month. No, sorry, $1,500 a month.", 1500),
    ],
)
def test_reads_the_limit(text: str, usd_month: float) -> None:
    assert value_of("budget_usd_month", text) == pytest.approx(usd_month, rel=0.001)


@pytest.mark.parametrize(
    "text",
    [
        "Our AWS bill was $62,000 last month.",
        "We raised $30M in June.",
        "The board approved $90,000 to get it built, once.",
        "A one-time set-up charge of USD 60,000 may be proposed.",
        "We lose $2M a year to fraud.",
        "The average order is worth $80.",
        "Budget TBD, was 4k for the pilot",
        "It should be cheap.",
        "They wanted a licence of $54,000 a year.",
        "Our revenue is 12 million euros a year.",
    ],
)
def test_other_sums_are_no_budget(text: str) -> None:
    assert value_of("budget_usd_month", text) is None


def test_two_limits_are_a_conflict_and_the_lower_one_stands() -> None:
    extraction = checked("Budget is $2,000 per month.\nThe budget must not exceed $9,000 per month.")

    assert [conflict.code for conflict in extraction.conflicts] == ["intake.two_budgets"]
    budget = extraction.find("budget_usd_month")
    assert budget is not None
    assert budget.value == 2000


def test_a_foreign_currency_says_its_rate() -> None:
    budget = checked("Budget of 1,000 EUR per month.").find("budget_usd_month")

    assert budget is not None
    assert "EUR at 1.1 USD" in budget.reason


def test_a_sum_without_period_is_inferred() -> None:
    budget = checked("Our budget is $5,000.").find("budget_usd_month")

    assert budget is not None
    assert (budget.value, budget.source) == (5000, "inferred")
