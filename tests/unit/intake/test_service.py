"""Availability, data volume, training rhythm and team."""

import pytest

from tests.unit.intake.reading import checked, value_of


@pytest.mark.parametrize(
    ("text", "percent"),
    [
        ("three nines", 99.9),
        ("four 9s please", 99.99),
        ("Two nines is what I can justify.", 99),
        ("99.95% please", 99.95),
        ("99.99.", 99.99),
        ("Availability 99.999 %.", 99.999),
        ("Eine Verfügbarkeit von 99,5 % reicht uns.", 99.5),
        ("Disponibilidad del 99,9 %.", 99.9),
        ("une disponibilité de 99,9 % est requise pour les clients", 99.9),
        ("uptime of 99 percent is fine", 99),
        ("SLA 99.9", 99.9),
        ("no more than 43 minutes of downtime in a month", 99.9),
        ("at most 43 minutes a month down", 99.9),
        ("We can live with 8.8 hours of downtime a year.", 99.9),
        ("five minutes of outage per year at most", 99.999),
    ],
)
def test_availability(text: str, percent: float) -> None:
    assert value_of("availability_pct", text) == pytest.approx(percent, abs=1e-4)


@pytest.mark.parametrize(
    "text",
    [
        "The model has 97 % accuracy.",
        "95 % of answers shall be complete within two seconds.",
        "I am 99 % sure.",
        "95 of 100 contracts right",
        "SLA: ask Ines",
        "Recall should be above 95%.",
    ],
)
def test_other_percentages_are_no_availability(text: str) -> None:
    assert value_of("availability_pct", text) is None


@pytest.mark.parametrize(
    ("text", "gigabytes"),
    [
        ("1.2 TB of call records", 1200),
        ("history = 4 yrs parquet, 3.5 TB", 3500),
        ("about 800 gigabyte of photos", 800),
        ("El histórico ocupa unos 60 GB.", 60),
        ("2 petabytes of logs in S3", 2_000_000),
        ("~900 GB of GPS traces", 900),
        ("a 500 MB csv file with the data", 0.5),
        ("Wir haben rund 1,5 TB Daten von den Kunden.", 1500),
        ("half a terabyte of images", 500),
    ],
)
def test_data_volume(text: str, gigabytes: float) -> None:
    assert value_of("data_volume_gb", text) == pytest.approx(gigabytes)


@pytest.mark.parametrize(
    "text",
    [
        "16 GB RAM",
        "About 20 GB per day arrive.",
        "a GPU with 80 GB memory",
        "Some background: there are 7 PB in our lake.",
    ],
)
def test_other_sizes_are_no_data_volume(text: str) -> None:
    assert value_of("data_volume_gb", text) is None


@pytest.mark.parametrize(
    ("text", "rhythm"),
    [
        ("Nightly retrain.", "daily"),
        ("retrain every night once the file lands", "daily"),
        ("full retrain sundays", "weekly"),
        ("training on Mondays", "weekly"),
        ("Refit it once a month, seasons matter.", "monthly"),
        ("The model is to be refitted every quarter.", "quarterly"),
        ("We'd refresh our own model every four hours.", "several_times_daily"),
        ("we retrain three times a day", "several_times_daily"),
        ("Retraining is every six hours. Hang on. Hourly, it's hourly.", "hourly"),
        ("The model adapts continuously, as events come.", "continuous"),
        ("We train when somebody has an idea, there's no schedule.", "on_demand"),
        ("Retraining on demand.", "on_demand"),
        ("no nightly retraining; once a quarter will do", "quarterly"),
        ("Das Modell soll einmal im Monat nachtrainiert werden.", "monthly"),
        ("El modelo se reentrena una vez por semana.", "weekly"),
        ("Le modèle est réentraîné chaque nuit.", "daily"),
        ("Scores are needed every day, the model is retrained weekly.", "weekly"),
        ("Retraining: monthly", "monthly"),
        ("model updates every three months", "quarterly"),
    ],
)
def test_training_rhythm(text: str, rhythm: str) -> None:
    assert value_of("training_frequency", text) == rhythm


@pytest.mark.parametrize(
    "text",
    [
        "Scores are needed every night.",
        "Patterns change weekly.",
        "We re-index each night; there's no model of our own to train.",
        "Retraining: not decided",
        "Staff training happens monthly.",
    ],
)
def test_other_rhythms_are_no_training(text: str) -> None:
    assert value_of("training_frequency", text) is None


def test_two_rhythms_are_a_conflict() -> None:
    extraction = checked(
        "The model is retrained every night. Audit: the model may be changed once a quarter only."
    )

    assert extraction.find("training_frequency") is None
    assert [conflict.code for conflict in extraction.conflicts] == ["intake.two_training_rhythms"]


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Team 4.", 4),
        ("squad of six", 6),
        ("The squad has 14 engineers.", 14),
        ("There'll be five of us.", 5),
        ("We're 7 on this team.", 7),
        ("Three of us will look after it.", 3),
        ("Somos cinco en el equipo y queremos que sea simple.", 5),
        ("Betreuen werden das drei Kollegen aus der IT.", 3),
        ("our web officer is a team of one", 1),
        ("It's me plus a part-time data engineer.", 2),
        ("There's one developer, me.", 1),
        ("two data scientists and that's the team", 2),
        ("five people on it. Six with Olga. Yes, six.", 6),
        ("I can free up two engineers (out of nine people total)", 2),
        ("Nous sommes quatre personnes dans l'équipe pour le projet.", 4),
        ("who: me, Anna and Bob", 3),
        ("3 data scientists and 1 ops person", 4),
        ("Two ML engineers and me.", 3),
        ("The team has 8 people but only 3 will work on this.", 3),
        ("Wir sind zu dritt und wir machen das.", 3),
    ],
)
def test_team(text: str, people: int) -> None:
    assert value_of("team_size", text) == people


@pytest.mark.parametrize(
    "text",
    [
        "We have 1,200 employees.",
        "a law firm, 60 lawyers",
        "Team: not staffed yet",
        "There are 140 of us now, in Lisbon mostly.",
        "It serves two million people.",
    ],
)
def test_other_people_are_no_team(text: str) -> None:
    assert value_of("team_size", text) is None
