"""Response times in many wordings."""

import pytest

from tests.unit.intake.reading import checked, value_of


@pytest.mark.parametrize(
    ("text", "milliseconds"),
    [
        ("Fraud scores with sub-100ms latency.", 100),
        ("The answer must be there within half a second.", 500),
        ("It has to answer in under 80 ms at p95.", 80),
        ("Responses in less than two seconds.", 2000),
        ("p99 latency of 45ms", 45),
        ("latency: 200 ms", 200),
        ("Latency budget is 30 milliseconds end to end.", 30),
        ("p95 < 120 ms", 120),
        ("p95 <= 0.25 s for a prediction", 250),
        ("The API should respond in 1.5 seconds or less.", 1500),
        ("We need sub-second responses.", 1000),
        ("Alerts must be raised within a minute of the reading.", 60000),
        ("The verdict has to be back in 0.3s, otherwise the gateway approves.", 300),
        ("Callers will wait three seconds for an answer, not more.", 3000),
        ("A prediction may take up to 750 ms.", 750),
        ("Die Antwort muss in höchstens 200 Millisekunden kommen.", 200),
        ("Antwortzeit unter 1,5 Sekunden für jede Anfrage und nicht mehr", 1500),
        ("La respuesta tiene que llegar en menos de 300 milisegundos para que la web no espere.", 300),
        ("La réponse doit arriver en moins de 250 ms pour que les clients restent.", 250),
        ("Le modèle doit répondre en moins de deux secondes pour les clients", 2000),
        ("somewhere between 100 and 250 ms is OK for the call", 250),
        ("Response time 50-80 ms.", 80),
        ("Latency target is 100 ms p50 and 300 ms p95.", 300),
        ("p95 150 ms, p99 400 ms", 150),
        ("The checkout gives us 90 ms.", 90),
        ("Ninety-five percent of requests shall be answered within two (2) seconds.", 2000),
        ("Lookup in 20 msec max", 20),
        ("It can't take longer than 700ms.", 700),
        ("Up to a minute per document is fine for the answer.", 60000),
        ("Turnaround 30 seconds.", 30000),
    ],
)
def test_reads_the_target(text: str, milliseconds: float) -> None:
    assert value_of("latency_ms_p95", text) == pytest.approx(milliseconds)


@pytest.mark.parametrize(
    "text",
    [
        "Each sensor sends a reading every ten seconds.",
        "A competitor answers in 10 ms, says their blog post.",
        "The current system answers in 400 ms on average.",
        "No more than 43 minutes of downtime in a month.",
        "Clips of 30 seconds are classified at night.",
        "We keep the last 15 minutes of events.",
        "Training takes 40 minutes.",
        "Latency is TBD.",
        "It has to be fast.",
        "The list has to be there at 05:30.",
    ],
)
def test_leaves_other_durations_alone(text: str) -> None:
    assert value_of("latency_ms_p95", text) is None


@pytest.mark.parametrize(
    ("text", "milliseconds"),
    [
        ("Response time is 200 ms, no, make that 150.", 150),
        ("Latency 300 ms. Sorry, I mean 250 ms.", 250),
        ("We need answers within 2 seconds... actually 1 second.", 1000),
        ("Antwortzeit 300 ms, nein, 200 ms für die Anfragen und das ist wichtig.", 200),
    ],
)
def test_a_corrected_figure_counts_and_is_no_conflict(text: str, milliseconds: float) -> None:
    extraction = checked(text)

    latency = extraction.find("latency_ms_p95")
    assert latency is not None
    assert latency.value == milliseconds
    assert extraction.conflicts == ()


def test_two_targets_for_the_same_thing_are_a_conflict() -> None:
    extraction = checked(
        "Latency must be below 100 ms at p95.\nThe response time must be under 20 ms at p95."
    )

    assert [conflict.code for conflict in extraction.conflicts] == ["intake.two_latencies"]


def test_a_mandatory_step_slower_than_the_target_is_a_conflict() -> None:
    extraction = checked(
        "Ranking within 60 ms at p95. Every request has to go through the vendor, one call takes 2 seconds."
    )

    assert [conflict.code for conflict in extraction.conflicts] == ["intake.step_slower_than_target"]
