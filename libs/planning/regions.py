"""Place words and region codes become one AWS region."""

from collections.abc import Sequence

from libs.core.values import Value

AREAS: dict[str, str] = {
    "eu": "eu-central-1", "europe": "eu-central-1", "eea": "eu-central-1", "germany": "eu-central-1",
    "frankfurt": "eu-central-1", "berlin": "eu-central-1", "munich": "eu-central-1", "austria": "eu-central-1",
    "netherlands": "eu-central-1", "belgium": "eu-central-1", "poland": "eu-central-1", "switzerland": "eu-central-1",
    "ireland": "eu-west-1", "dublin": "eu-west-1", "uk": "eu-west-2", "united kingdom": "eu-west-2",
    "england": "eu-west-2", "london": "eu-west-2", "france": "eu-west-3", "paris": "eu-west-3",
    "sweden": "eu-north-1", "stockholm": "eu-north-1", "nordics": "eu-north-1", "italy": "eu-south-1",
    "milan": "eu-south-1", "spain": "eu-south-1", "madrid": "eu-south-1",
    "us": "us-east-1", "usa": "us-east-1", "united states": "us-east-1", "america": "us-east-1",
    "north america": "us-east-1", "virginia": "us-east-1", "ohio": "us-east-2", "oregon": "us-west-2",
    "california": "us-west-1", "us-east": "us-east-1", "us-west": "us-west-2",
    "canada": "ca-central-1", "montreal": "ca-central-1", "quebec": "ca-central-1", "toronto": "ca-central-1",
    "brazil": "sa-east-1", "sao paulo": "sa-east-1", "south america": "sa-east-1", "latam": "sa-east-1",
    "india": "ap-south-1", "mumbai": "ap-south-1", "singapore": "ap-southeast-1", "asia": "ap-southeast-1",
    "apac": "ap-southeast-1", "australia": "ap-southeast-2", "sydney": "ap-southeast-2",
    "japan": "ap-northeast-1", "tokyo": "ap-northeast-1", "korea": "ap-northeast-2", "seoul": "ap-northeast-2",
    "global": "us-east-1", "worldwide": "us-east-1",
}  # fmt: skip
FOREIGN_PREFIXES: tuple[tuple[str, str], ...] = (
    ("europe-west1", "eu-central-1"), ("europe-west2", "eu-west-2"), ("europe-west9", "eu-west-3"),
    ("europe-north", "eu-north-1"), ("europe-", "eu-central-1"), ("westeurope", "eu-central-1"),
    ("northeurope", "eu-west-1"), ("germany", "eu-central-1"), ("france", "eu-west-3"), ("uk", "eu-west-2"),
    ("sweden", "eu-north-1"), ("northamerica-", "ca-central-1"), ("canada", "ca-central-1"),
    ("southamerica-", "sa-east-1"), ("brazil", "sa-east-1"), ("asia-northeast", "ap-northeast-1"),
    ("asia-south1", "ap-south-1"), ("asia-", "ap-southeast-1"), ("australia", "ap-southeast-2"),
    ("japan", "ap-northeast-1"), ("korea", "ap-northeast-2"), ("eastus2", "us-east-2"), ("eastus", "us-east-1"),
    ("westus", "us-west-2"), ("centralus", "us-east-2"), ("us-central", "us-east-2"), ("us-west", "us-west-2"),
    ("us-east", "us-east-1"), ("me-", "eu-central-1"), ("il-", "eu-central-1"), ("af-", "eu-central-1"),
    ("eu-", "eu-central-1"), ("ca-", "ca-central-1"), ("sa-", "sa-east-1"), ("ap-", "ap-southeast-1"),
)  # fmt: skip
EUROPEAN = ("eu-central-1", "eu-west-1", "eu-west-3", "eu-north-1", "eu-south-1")
"""Regions inside the European Union."""
PRICED = (
    "ap-northeast-1", "ap-northeast-2", "ap-south-1", "ap-southeast-1", "ap-southeast-2", "ca-central-1",
    "eu-central-1", "eu-north-1", "eu-south-1", "eu-west-1", "eu-west-2", "eu-west-3", "sa-east-1",
    "us-east-1", "us-east-2", "us-west-1", "us-west-2",
)  # fmt: skip
DEFAULT = "us-east-1"
COUNTRY_OF: dict[str, str] = {
    "ap-northeast-1": "japan", "ap-northeast-2": "korea", "ap-south-1": "india", "ap-southeast-1": "singapore",
    "ap-southeast-2": "australia", "ca-central-1": "canada", "eu-central-1": "germany", "eu-north-1": "sweden",
    "eu-south-1": "italy", "eu-west-1": "ireland", "eu-west-2": "uk", "eu-west-3": "france", "sa-east-1": "brazil",
    "us-east-1": "us", "us-east-2": "us", "us-west-1": "us", "us-west-2": "us",
}  # fmt: skip
CONTINENTS: dict[str, tuple[str, ...]] = {
    "eu": EUROPEAN, "eea": EUROPEAN, "europe": (*EUROPEAN, "eu-west-2"),
    "north america": ("us-east-1", "us-east-2", "us-west-1", "us-west-2", "ca-central-1"),
    "asia": ("ap-northeast-1", "ap-northeast-2", "ap-south-1", "ap-southeast-1"),
    "apac": ("ap-northeast-1", "ap-northeast-2", "ap-south-1", "ap-southeast-1", "ap-southeast-2"),
    "latam": ("sa-east-1",), "south america": ("sa-east-1",),
}  # fmt: skip
SAME_COUNTRY = {
    "usa": "us", "united states": "us", "america": "us", "united kingdom": "uk", "great britain": "uk",
    "england": "uk", "deutschland": "germany", "south korea": "korea", "quebec": "canada",
}  # fmt: skip


class Placement(Value):
    """What a stated region means here."""

    stated: str
    region: str
    kind: str
    """`region`, `area` (a word for a wider place), `nearest` (a region or another cloud's code that is not on
    offer) or `unknown`."""


def lies_in(region: str, area: str) -> bool | None:
    """Whether a region lies in an area, a country or another region; None for an area that is not known here."""
    word = SAME_COUNTRY.get(area.strip().lower(), area.strip().lower())
    if word in PRICED:
        return word == region
    if word in ("global", "worldwide"):
        return True
    if word in CONTINENTS:
        return region in CONTINENTS[word]
    if word in COUNTRY_OF.values():
        return COUNTRY_OF.get(region) == word
    return None


def stays_in_geography(region: str, area: str) -> bool:
    """Whether everything in the provider's geography around a region (us, eu, apac) lies in the area."""
    geography = region.split("-", 1)[0]
    word = SAME_COUNTRY.get(area.strip().lower(), area.strip().lower())
    covered = {"eu": {"eu", "eea", "europe"}, "us": {"us", "north america"}, "ap": {"apac", "asia"}}
    return word in {*covered.get(geography, set()), "global", "worldwide"}


def within(areas: Sequence[str]) -> str | None:
    """A region that lies in every one of these areas, the cheapest known first; None where there is none."""
    for region in (DEFAULT, *EUROPEAN, *PRICED):
        if all(lies_in(region, area) for area in areas):
            return region
    return None


def place(stated: str) -> Placement:
    """The AWS region for a region code or place word."""
    word = stated.strip().lower().replace("_", "-")
    if word in PRICED:
        return Placement(stated=stated, region=word, kind="region")
    if word in AREAS:
        return Placement(stated=stated, region=AREAS[word], kind="area")
    if not any(character.isdigit() for character in word) and word.replace("-", " ") in AREAS:
        return Placement(stated=stated, region=AREAS[word.replace("-", " ")], kind="area")
    for prefix, region in FOREIGN_PREFIXES:
        if word.startswith(prefix):
            return Placement(stated=stated, region=region, kind="nearest")
    return Placement(stated=stated, region=DEFAULT, kind="unknown")
