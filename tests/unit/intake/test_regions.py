"""Places: codes, cities, areas, boundaries, and places that are no hosting region."""

import pytest

from tests.unit.intake.reading import checked, value_of


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        ("Everything sits in eu-west-1.", ["eu-west-1"]),
        ("EU only, Frankfurt to be exact.", ["eu-central-1"]),
        ("EU only", ["eu"]),
        ("Data must not leave the European Union.", ["eu"]),
        ("It must never leave the United States.", ["us"]),
        ("US only.", ["us"]),
        ("US and Canada", ["us", "canada"]),
        ("Hosting in Montreal.", ["ca-central-1"]),
        ("Mumbai is primary, Singapore the fallback.", ["ap-south-1", "ap-southeast-1"]),
        ("All in GCP, europe-west4.", ["europe-west4"]),
        ("On Azure, West Europe.", ["westeurope"]),
        ("We run on AWS and data stays in Ireland.", ["eu-west-1"]),
        ("Must be hosted in Sydney.", ["ap-southeast-2"]),
        ("São Paulo region, the lawyers like it there.", ["sa-east-1"]),
        ("The servers must be in London or at least in the UK.", ["eu-west-2"]),
        ("Region: us-west-2", ["us-west-2"]),
        ("Users are everywhere, so it has to be served globally.", ["global"]),
        ("Die Server müssen in Frankfurt stehen und nicht woanders.", ["eu-central-1"]),
        ("Los datos no pueden salir de la Unión Europea.", ["eu"]),
        ("Les données ne doivent pas quitter la France.", ["france"]),
        ("It runs in us-east-1 and Singapore. Actually scratch Singapore.", ["us-east-1"]),
        ("Deploy to us-east-1, not to us-west-2.", ["us-east-1"]),
        ("Data residency: Germany", ["germany"]),
        ("No customer data outside the EU.", ["eu"]),
        ("our AWS account lives in Ohio", ["us-east-2"]),
    ],
)
def test_reads_where_it_must_live(text: str, regions: list[str]) -> None:
    assert value_of("regions", text) == regions


@pytest.mark.parametrize(
    "text",
    [
        "There are 140 of us in the London office.",
        "We are a bank in Frankfurt and want churn scores.",
        "Tell us what you need and let us know.",
        "The factory is in Poland.",
        "Not multi-region.",
        "A competitor hosts in Tokyo.",
        "Region TBD",
    ],
)
def test_other_places_are_no_region(text: str) -> None:
    assert value_of("regions", text) is None


@pytest.mark.parametrize(
    "words", ["in region mars-north-7", "and the region is mars-north-7", "AWS region: mars-north-7"]
)
def test_what_is_called_a_region_and_has_no_known_shape_is_a_conflict_too(words: str) -> None:
    extraction = checked(f"Churn scores every night for 2 million customers, {words}.")

    assert extraction.find("regions") is None
    (conflict,) = extraction.conflicts
    assert conflict.message.startswith("There is no region mars-north-7.")


@pytest.mark.parametrize(
    ("code", "near"), [("eu-middle-9", "eu-"), ("us-mars-1", "us-"), ("us-east-9", "us-east-1")]
)
def test_a_region_that_does_not_exist_is_a_conflict_with_near_matches(code: str, near: str) -> None:
    extraction = checked(f"Fraud detection hosted in {code}.")

    assert extraction.find("regions") is None
    (conflict,) = extraction.conflicts
    assert conflict.code == "intake.unknown_region"
    assert code in conflict.message
    assert near in conflict.message.split("Did you mean")[1]


def test_a_host_outside_the_boundary_is_a_conflict() -> None:
    extraction = checked("Client files must never leave the EU. The system is hosted in us-east-1.")

    assert [conflict.code for conflict in extraction.conflicts] == ["intake.region_outside_boundary"]


def test_a_host_inside_the_boundary_is_none() -> None:
    assert checked("Data must stay in the EU, hosted in eu-west-3.").conflicts == ()
