"""Texts that speak of systems and ask for none: nothing may be read out of them."""

import pytest

from libs.intake import genre
from libs.intake.brief import Brief
from libs.intake.errors import VocabularyInvalid
from libs.intake.extraction import extract

_IDLE = [
    (
        "Senior MLOps Engineer (f/m/x), Gothenburg. You will run our churn models on AWS (eu-north-1), 99.9 % "
        "availability, p95 below 100 ms, retrained weekly. Salary 5,500 EUR a month. Apply by 30 April."
    ),
    (
        "Stellenanzeige: ML Engineer (m/w/d) in Frankfurt. Aufgaben: Betrieb unserer Empfehlungsmodelle auf Azure, "
        "tägliches Training, DSGVO. Profil: 5 Jahre Python. Bewerbung bis 15. Juni an hr@example.org."
    ),
    (
        "Offre d'emploi : data scientist confirmé à Paris. Vous ferez évoluer nos modèles de prévision, entraînés "
        "chaque semaine sur GCP. Trois ans d'expérience. Envoyez votre CV avant le 12 mars."
    ),
    (
        "Oferta de empleo: ingeniero de datos en Madrid. Mantendrás los modelos de fraude en tiempo real, 500 "
        "peticiones por segundo. Requisitos: tres años de experiencia. Salario 42.000 euros."
    ),
    (
        "Invoice 2024-0815. Consulting machine learning, 3 days. Hosting AWS Frankfurt, May, 412.80 EUR. "
        "VAT 19 %. Total 4,418.27 EUR, payable within 14 days."
    ),
    (
        "Postmortem: the recommendation service in eu-west-1 answered with p95 of 1,800 ms for 43 minutes. Root "
        "cause was a full disk on two Kubernetes nodes. Fixed: bigger disk. The outage is over, lessons learned."
    ),
    (
        "Störung vom 3.4.: Das Empfehlungssystem lieferte 25 Minuten lang leere Listen. Grund war ein abgelaufenes "
        "Zertifikat. Behoben um 10:15 Uhr. Verfügbarkeit im April damit 99,94 %."
    ),
    (
        "Newsletter May: our forecasting product now answers in 50 ms! Version 5 supports Kubernetes. Meet us in "
        "Berlin. Unsubscribe here."
    ),
    (
        "Press release: Acme raises 12 million to detect anomalies in turbines. Its platform handles 40,000 events "
        "per second on AWS. The company employs 80 people."
    ),
    (
        "Monthly report, fraud scoring: 12.4M transactions scored, p95 88 ms, uptime 99.98 %. The model was "
        "retrained twice. Cost 11,200 USD. No incidents."
    ),
]

_ASKING = [
    (
        "We place nurses. For each vacancy rank the applicants by their CV and years of experience, best first. "
        "Salary wishes are in the data. 200 ms, AWS Frankfurt."
    ),
    "Invoices come in as PDF; we want number, VAT and total pulled out of each, payable date too. Azure, GDPR.",
    (
        "After the outage in May the root cause was clear: nobody watches the pumps. We want unusual vibration "
        "flagged within 5 seconds. Kafka, GCP."
    ),
    "Our newsletter goes to 80,000 readers. Pick five articles for each of them, every morning, on AWS.",
]


@pytest.mark.parametrize("text", _IDLE)
def test_a_text_that_asks_for_no_system_gives_none_and_nothing_else(text: str) -> None:
    assert [(each.field, each.value) for each in extract(text).constraints] == [("ml_task", "none")]


@pytest.mark.parametrize("text", _ASKING)
def test_a_wish_about_such_texts_is_read(text: str) -> None:
    read = extract(text)
    task = read.find("ml_task")

    assert genre.find(Brief(text)) == ""
    assert task is None or task.value != "none"
    assert len(read.constraints) > 1


def test_an_answer_to_a_question_is_never_taken_for_an_advertisement() -> None:
    assert extract(_IDLE[0], follow_up=True).find("latency_ms_p95") is not None


@pytest.mark.parametrize(
    "text", ["wish: '('\ngenres: {}\n", "genres: {}\n", "wish: a\ngenres:\n  x: {enough: 1}\n"]
)
def test_a_wrong_file_of_genres_is_refused_by_name(text: str) -> None:
    with pytest.raises(VocabularyInvalid, match=r"g\.yaml"):
        genre.parse(text, "g.yaml")
