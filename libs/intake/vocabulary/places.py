"""Region codes of the three large clouds and the places and areas that people name instead."""

AWS_REGIONS: frozenset[str] = frozenset(
    [
        "us-east-1",
        "us-east-2",
        "us-west-1",
        "us-west-2",
        "us-gov-east-1",
        "us-gov-west-1",
        "ca-central-1",
        "ca-west-1",
        "mx-central-1",
        "sa-east-1",
        "eu-west-1",
        "eu-west-2",
        "eu-west-3",
        "eu-central-1",
        "eu-central-2",
        "eu-north-1",
        "eu-south-1",
        "eu-south-2",
        "il-central-1",
        "me-south-1",
        "me-central-1",
        "af-south-1",
        "ap-south-1",
        "ap-south-2",
        "ap-east-1",
        "ap-east-2",
        "ap-southeast-1",
        "ap-southeast-2",
        "ap-southeast-3",
        "ap-southeast-4",
        "ap-southeast-5",
        "ap-southeast-6",
        "ap-southeast-7",
        "ap-northeast-1",
        "ap-northeast-2",
        "ap-northeast-3",
        "cn-north-1",
        "cn-northwest-1",
        "eusc-de-east-1",
    ]
)
GCP_REGIONS: frozenset[str] = frozenset(
    [
        "us-central1",
        "us-east1",
        "us-east4",
        "us-east5",
        "us-west1",
        "us-west2",
        "us-west3",
        "us-west4",
        "us-south1",
        "northamerica-northeast1",
        "northamerica-northeast2",
        "northamerica-south1",
        "southamerica-east1",
        "southamerica-west1",
        "europe-west1",
        "europe-west2",
        "europe-west3",
        "europe-west4",
        "europe-west6",
        "europe-west8",
        "europe-west9",
        "europe-west10",
        "europe-west12",
        "europe-central2",
        "europe-north1",
        "europe-north2",
        "europe-southwest1",
        "asia-east1",
        "asia-east2",
        "asia-northeast1",
        "asia-northeast2",
        "asia-northeast3",
        "asia-south1",
        "asia-south2",
        "asia-southeast1",
        "asia-southeast2",
        "australia-southeast1",
        "australia-southeast2",
        "me-west1",
        "me-central1",
        "me-central2",
        "africa-south1",
    ]
)
AZURE_REGIONS: frozenset[str] = frozenset(
    [
        "westeurope",
        "northeurope",
        "uksouth",
        "ukwest",
        "francecentral",
        "francesouth",
        "germanywestcentral",
        "germanynorth",
        "switzerlandnorth",
        "switzerlandwest",
        "norwayeast",
        "norwaywest",
        "swedencentral",
        "polandcentral",
        "italynorth",
        "spaincentral",
        "austriaeast",
        "eastus",
        "eastus2",
        "centralus",
        "northcentralus",
        "southcentralus",
        "westcentralus",
        "westus",
        "westus2",
        "westus3",
        "canadacentral",
        "canadaeast",
        "mexicocentral",
        "brazilsouth",
        "southeastasia",
        "eastasia",
        "japaneast",
        "japanwest",
        "koreacentral",
        "koreasouth",
        "centralindia",
        "southindia",
        "westindia",
        "australiaeast",
        "australiasoutheast",
        "australiacentral",
        "uaenorth",
        "uaecentral",
        "qatarcentral",
        "israelcentral",
        "southafricanorth",
        "southafricawest",
        "newzealandnorth",
        "malaysiawest",
        "indonesiacentral",
    ]
)
AZURE_SPACED: dict[str, str] = {
    "west europe": "westeurope",
    "north europe": "northeurope",
    "uk south": "uksouth",
    "uk west": "ukwest",
    "france central": "francecentral",
    "germany west central": "germanywestcentral",
    "switzerland north": "switzerlandnorth",
    "sweden central": "swedencentral",
    "norway east": "norwayeast",
    "italy north": "italynorth",
    "poland central": "polandcentral",
    "spain central": "spaincentral",
    "east us 2": "eastus2",
    "east us": "eastus",
    "central us": "centralus",
    "south central us": "southcentralus",
    "north central us": "northcentralus",
    "west us 2": "westus2",
    "west us 3": "westus3",
    "west us": "westus",
    "canada central": "canadacentral",
    "canada east": "canadaeast",
    "brazil south": "brazilsouth",
    "southeast asia": "southeastasia",
    "east asia": "eastasia",
    "japan east": "japaneast",
    "korea central": "koreacentral",
    "central india": "centralindia",
    "south india": "southindia",
    "australia east": "australiaeast",
    "uae north": "uaenorth",
    "south africa north": "southafricanorth",
}
"""Names with a space; read as regions only where Azure is spoken of."""

CITY_REGIONS: dict[str, str] = {
    "frankfurt": "eu-central-1",
    "francfort": "eu-central-1",
    "dublin": "eu-west-1",
    "london": "eu-west-2",
    "londres": "eu-west-2",
    "paris": "eu-west-3",
    "stockholm": "eu-north-1",
    "milan": "eu-south-1",
    "milano": "eu-south-1",
    "mailand": "eu-south-1",
    "zurich": "eu-central-2",
    "zurigo": "eu-central-2",
    "zuerich": "eu-central-2",
    "oregon": "us-west-2",
    "ohio": "us-east-2",
    "northern virginia": "us-east-1",
    "north virginia": "us-east-1",
    "n. virginia": "us-east-1",
    "virginia": "us-east-1",
    "northern california": "us-west-1",
    "n. california": "us-west-1",
    "montreal": "ca-central-1",
    "calgary": "ca-west-1",
    "sao paulo": "sa-east-1",
    "tokyo": "ap-northeast-1",
    "tokio": "ap-northeast-1",
    "osaka": "ap-northeast-3",
    "seoul": "ap-northeast-2",
    "singapore": "ap-southeast-1",
    "singapur": "ap-southeast-1",
    "singapour": "ap-southeast-1",
    "sydney": "ap-southeast-2",
    "melbourne": "ap-southeast-4",
    "jakarta": "ap-southeast-3",
    "mumbai": "ap-south-1",
    "bombay": "ap-south-1",
    "hyderabad": "ap-south-2",
    "hong kong": "ap-east-1",
    "taipei": "ap-east-2",
    "kuala lumpur": "ap-southeast-5",
    "bangkok": "ap-southeast-7",
    "auckland": "ap-southeast-6",
    "bahrain": "me-south-1",
    "tel aviv": "il-central-1",
    "cape town": "af-south-1",
    "kapstadt": "af-south-1",
    "dubai": "me-central-1",
}
COUNTRY_REGIONS: dict[str, str] = {
    "ireland": "eu-west-1",
    "sweden": "eu-north-1",
    "italy": "eu-south-1",
    "spain": "eu-south-2",
}
"""Countries by which AWS calls a region; read so only where AWS is spoken of."""

AREAS: dict[str, str] = {
    r"eu|e\.u\.|european union|europe|european|eea|europaische\w* union|europa|union europea|"
    r"ue|union europeenne|unione europea|uniao europeia|"
    r"europaeisch\w*|ewr": "eu",
    (
        r"usa|u\.s\.a?\.?|united states(?: of america)?|the states|vereinigte\w* staaten|estados "
        r"unidos|ee\.? ?uu\.?|etats-unis|american soil"
    ): "us",
    (
        r"uk|u\.k\.|united kingdom|great britain|britain|england|reino unido|royaume-uni|"
        r"grossbritannien|vereinigte\w* konigreich"
    ): "uk",
    r"canada|canadian|kanada": "canada",
    r"germany|deutschland|alemania|allemagne|german soil": "germany",
    r"ireland|irland|irlanda|irlande": "ireland",
    r"france|frankreich|francia": "france",
    r"switzerland|schweiz|suiza|suisse|svizzera": "switzerland",
    r"netherlands|holland|niederlande|paises bajos|pays-bas": "netherlands",
    r"sweden|schweden|suecia|suede": "sweden",
    r"spain|spanien|espana|espagne": "spain",
    r"italy|italien|italia|italie": "italy",
    r"poland|polen|polonia|pologne": "poland",
    r"austria|osterreich|autriche": "austria",
    r"norway|norwegen|noruega|norvege": "norway",
    r"india|indien|inde": "india",
    r"japan|japon": "japan",
    r"australia|australien|australie": "australia",
    r"brazil|brasil|brasilien|bresil": "brazil",
    r"mexico|mexiko|mexique": "mexico",
    r"south korea|korea": "south korea",
    r"south africa|sudafrika|sudafrica": "south africa",
    r"new zealand": "new zealand",
    r"israel": "israel",
    r"uae|united arab emirates": "uae",
    r"china": "china",
    r"apac|asia[- ]pacific|asia|asien": "asia",
    r"latam|latin america|latinoamerica|america latina": "latam",
    r"middle east": "middle east",
    r"north america": "north america",
    r"global|globally|worldwide|world-?wide|all over the world|around the world|every "
    r"continent|weltweit|en todo el mundo|mundial|a nivel global|"
    r"dans le monde entier|mondial\w*": "global",
}
EU_CODES: frozenset[str] = frozenset(
    ["eu-west-1", "eu-west-3", "eu-central-1", "eu-north-1", "eu-south-1", "eu-south-2", "eusc-de-east-1"]
)

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


def area_holds(area: str, region: str) -> bool | None:
    """Whether a region lies in an area; None when that is not known."""
    if area == "global":
        return True
    if region in AWS_REGIONS:
        if area == "us":
            return region.startswith("us-")
        if area == "eu":
            return region in EU_CODES
        if area == "asia":
            return region.startswith("ap-") and COUNTRY_OF.get(region) not in ("australia", "new zealand")
        return COUNTRY_OF.get(region) == area
    if region in GCP_REGIONS:
        if area == "us":
            return region.startswith("us-")
        if area == "eu":
            return region.startswith("europe-") and region not in ("europe-west2", "europe-west6")
        return None
    if region in AZURE_REGIONS:
        if area == "us":
            return region.endswith(("us", "us2", "us3"))
        if area == "eu":
            return region.endswith("europe") or region.startswith(
                ("france", "germany", "sweden", "italy", "spain", "poland")
            )
        return None
    return None
