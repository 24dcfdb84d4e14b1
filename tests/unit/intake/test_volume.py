"""Throughput and daily volumes in many wordings."""

import pytest

from tests.unit.intake.reading import value_of


@pytest.mark.parametrize(
    ("text", "per_second"),
    [
        ("2k QPS peak", 2000),
        ("auto-scaling for 10,000 requests/second", 10000),
        ("40 requests a minute", 40 / 60),
        ("about 300 bottles in one minute", 5),
        ("900 messages in an hour at our worst", 0.25),
        ("around 120/s on Sunday nights", 120),
        ("1.5k rps", 1500),
        ("usually 150 tps, payday evenings more like 600", 600),
        ("Average 50 req/s, peak 400 req/s.", 400),
        ("thirty thousand requests per second", 30000),
        ("a hundred calls per second", 100),
        ("25 applications per second at peak", 25),
        ("llegamos a 90 peticiones por segundo", 90),
        ("In der Spitze 80 Anfragen pro Sekunde für die Kunden und die Partner", 80),
        ("environ 60 requêtes par seconde", 60),
        ("Peak load is 3 million requests per hour", 833.3333),
        ("throughput: 250 rps", 250),
        ("We expect between 100 and 200 requests per second", 200),
        ("500-800 events per second", 800),
        ("Traffic is 2,000 rps, sorry, make that 3,000.", 3000),
    ],
)
def test_reads_throughput(text: str, per_second: float) -> None:
    assert value_of("throughput_rps", text) == pytest.approx(per_second, rel=0.01)


@pytest.mark.parametrize(
    ("text", "a_day"),
    [
        ("5M predictions nightly", 5_000_000),
        ("About 3,500 claims a day", 3500),
        ("2.4M uploads a day", 2_400_000),
        ("Roughly 2,500 questions per day.", 2500),
        ("The book, 8 million accounts, is rescored every night.", 8_000_000),
        ("Every night we score 40,000 customers.", 40_000),
        ("One run a day at 4 am over about 70,000 appointments", 70_000),
        ("Pro Tag kommen etwa 12.000 Dokumente herein und das reicht.", 12_000),
        ("12 000 demandes par jour pour les clients dans le pays", 12_000),
        ("unos 7.000 pedidos al día para la tienda que tenemos", 7000),
        ("half a million emails per day", 500_000),
        ("daily volume: 60k documents", 60_000),
        ("1.2 million images daily", 1_200_000),
    ],
)
def test_reads_daily_volumes(text: str, a_day: float) -> None:
    assert value_of("predictions_per_day", text) == pytest.approx(a_day)


@pytest.mark.parametrize(
    "text",
    [
        "We retrain three times a day.",
        "It costs 40 dollars a day.",
        "About 20 GB per day arrive.",
        "We have 100 million registered users.",
        "Some background first: 9 million people open us per day.",
        "Two engineers work 8 hours a day on it.",
    ],
)
def test_leaves_other_figures_alone(text: str) -> None:
    assert value_of("predictions_per_day", text) is None
    assert value_of("throughput_rps", text) is None


def test_a_daily_volume_of_requests_gives_an_average() -> None:
    assert value_of("throughput_rps", "Real-time API, 86,400 requests a day.") == pytest.approx(1.0)


def test_a_nightly_run_gives_no_throughput() -> None:
    assert value_of("throughput_rps", "Every night we score 40,000 customers in one batch run.") is None
