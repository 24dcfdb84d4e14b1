"""How much is known, and what is said about it."""

from libs.intake.coverage import FIELDS, coverage, coverage_of
from libs.intake.extraction import extract
from libs.intake.models import Constraint


def test_known_and_missing_divide_the_fields() -> None:
    told = coverage(extract("Churn scores within 100 ms, GDPR, on AWS."))

    assert set(told.known) | set(told.missing) == set(FIELDS)
    assert not set(told.known) & set(told.missing)
    assert {"ml_task", "latency_ms_p95", "compliance", "cloud"} <= set(told.known)


def test_more_requirements_score_higher() -> None:
    few = coverage(extract("Churn scores within 100 ms."))
    more = coverage(extract("Churn scores within 100 ms, 200 requests per second, $500 a month, eu-west-1."))

    assert 0 < few.score < more.score < 1


def test_a_default_counts_as_missing() -> None:
    task = Constraint(field="ml_task", value="nlp", source="stated", confidence=0.9)
    default = Constraint(field="cloud", value="aws", source="default", confidence=1, reason="usual")

    told = coverage_of([task, default])

    assert told.known == ("ml_task",)
    assert "cloud" in told.missing


def test_everything_answered_scores_one() -> None:
    told = coverage_of(
        [Constraint(field=field, value="x", source="answered", confidence=1) for field in FIELDS]
    )

    assert told.score == 1
    assert told.missing == ()


def test_an_empty_brief_is_called_empty() -> None:
    assert coverage(extract("")).message.startswith("The brief is empty.")


def test_the_message_names_what_matters_most() -> None:
    assert "budget" in coverage(extract("Churn scores within 100 ms.")).message
