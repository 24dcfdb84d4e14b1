"""Which country and area a region of one of the three clouds lies in."""

from libs.intake.vocabulary.places import AWS_REGIONS, AZURE_REGIONS, GCP_REGIONS

COUNTRY_OF: dict[str, str] = {
    "ca-central-1": "canada",
    "ca-west-1": "canada",
    "eu-central-1": "germany",
    "eu-west-1": "ireland",
    "eu-west-2": "uk",
    "eu-west-3": "france",
    "eu-north-1": "sweden",
    "eu-south-1": "italy",
    "eu-south-2": "spain",
    "eu-central-2": "switzerland",
    "sa-east-1": "brazil",
    "ap-south-1": "india",
    "ap-south-2": "india",
    "ap-northeast-1": "japan",
    "ap-northeast-3": "japan",
    "ap-northeast-2": "south korea",
    "ap-southeast-2": "australia",
    "ap-southeast-4": "australia",
    "af-south-1": "south africa",
    "il-central-1": "israel",
    "me-central-1": "uae",
    "mx-central-1": "mexico",
    "ap-southeast-6": "new zealand",
}


GCP_COUNTRY_OF: dict[str, str] = {
    "europe-west1": "belgium",
    "europe-west2": "uk",
    "europe-west3": "germany",
    "europe-west4": "netherlands",
    "europe-west6": "switzerland",
    "europe-west8": "italy",
    "europe-west9": "france",
    "europe-west10": "germany",
    "europe-west12": "italy",
    "europe-central2": "poland",
    "europe-north1": "finland",
    "europe-north2": "sweden",
    "europe-southwest1": "spain",
    "northamerica-northeast1": "canada",
    "northamerica-northeast2": "canada",
    "northamerica-south1": "mexico",
    "southamerica-east1": "brazil",
    "southamerica-west1": "chile",
    "asia-south1": "india",
    "asia-south2": "india",
    "asia-northeast1": "japan",
    "asia-northeast2": "japan",
    "asia-northeast3": "south korea",
    "asia-southeast1": "singapore",
    "asia-southeast2": "indonesia",
    "australia-southeast1": "australia",
    "australia-southeast2": "australia",
    "me-west1": "israel",
}
_AZURE_COUNTRIES = (
    "uk", "france", "germany", "switzerland", "norway", "sweden", "poland", "italy", "spain", "austria", "canada",
    "mexico", "brazil", "japan", "korea", "india", "australia", "uae", "qatar", "israel", "southafrica", "newzealand",
    "malaysia", "indonesia",
)  # fmt: skip
_NOT_EU = frozenset(["uk", "switzerland", "norway"])
_EUROPEAN = frozenset(
    {"belgium", "uk", "germany", "netherlands", "switzerland", "italy", "france", "poland", "finland"}
    | {"sweden", "spain", "austria", "ireland", "norway"}
)


def country_of(region: str) -> str | None:
    """The country a region of any of the three clouds lies in, `us` for the United States; None when unknown."""
    if region in AWS_REGIONS:
        if region.startswith("us-"):
            return "us"
        return COUNTRY_OF.get(region) or _SINGLE.get(region)
    if region in GCP_REGIONS:
        return "us" if region.startswith("us-") else GCP_COUNTRY_OF.get(region)
    if region in AZURE_REGIONS:
        if region.rstrip("23").endswith("us"):
            return "us"
        if region in ("westeurope", "northeurope"):
            return "netherlands" if region == "westeurope" else "ireland"
        found = next((each for each in _AZURE_COUNTRIES if each in region), None)
        return {"korea": "south korea", "southafrica": "south africa", "newzealand": "new zealand"}.get(
            found or "", found
        )
    return None


_SINGLE = {
    "ap-southeast-1": "singapore",
    "ap-southeast-3": "indonesia",
    "ap-southeast-5": "malaysia",
    "ap-southeast-7": "thailand",
    "ap-east-1": "hong kong",
    "ap-east-2": "taiwan",
    "me-south-1": "bahrain",
    "cn-north-1": "china",
    "cn-northwest-1": "china",
    "eusc-de-east-1": "germany",
}
_ASIAN = frozenset(
    {"singapore", "indonesia", "malaysia", "thailand", "taiwan", "india", "japan", "china", "hong kong"}
    | {"south korea"}
)


def area_holds(area: str, region: str) -> bool | None:
    """Whether a region lies in an area; None when that is not known."""
    if area == "global":
        return True
    country = country_of(region)
    if country is None:
        return None
    if area == "eu":
        return country in _EUROPEAN and country not in _NOT_EU
    if area == "asia":
        return country in _ASIAN
    if area == "north america":
        return country in ("us", "canada", "mexico")
    if area == "latam":
        return country in ("brazil", "mexico", "chile")
    if area == "middle east":
        return country in ("bahrain", "uae", "israel", "qatar")
    return country == area
