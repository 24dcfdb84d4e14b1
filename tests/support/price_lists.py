"""A small public price list on loopback, in AWS's own form."""

import csv
import io
import json
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PUBLISHED = "2026-11-18T20:12:01Z"
VERSION = "20261118201201"
COLUMNS = (
    "SKU", "OfferTermCode", "RateCode", "TermType", "PriceDescription", "EffectiveDate", "StartingRange",
    "EndingRange", "Unit", "PricePerUnit", "Currency", "RelatedTo", "LeaseContractLength", "PurchaseOption",
    "OfferingClass", "Product Family", "serviceCode", "Location", "Location Type", "Instance Type", "Tenancy",
    "Operating System", "Pre Installed S/W", "CapacityStatus", "Group", "usageType", "operation", "Region Code",
    "serviceName",
)  # fmt: skip
ON_DEMAND = {
    "TermType": "OnDemand", "StartingRange": "0", "EndingRange": "Inf", "Currency": "USD",
    "EffectiveDate": "2026-11-01", "PriceDescription": 'a "quoted", described price',
}  # fmt: skip
LINUX = {
    "Operating System": "Linux",
    "Tenancy": "Shared",
    "Pre Installed S/W": "NA",
    "CapacityStatus": "Used",
}


def row(usage: str, usd: str, **columns: str) -> dict[str, str]:
    """An on-demand row."""
    return {**ON_DEMAND, "usageType": usage, "PricePerUnit": usd, **columns}


def price_file(offer: str, rows: list[dict[str, str]], usage_column: str = "usageType") -> str:
    """A regional file: five lines of metadata, the header, the rows."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\n")
    writer.writerow(["FormatVersion", "v1.0"])
    writer.writerow(["Disclaimer", "This pricing list is for informational purposes only."])
    writer.writerow(["Publication Date", PUBLISHED])
    writer.writerow(["Version", VERSION])
    writer.writerow(["OfferCode", offer])
    writer.writerow([usage_column if name == "usageType" else name for name in COLUMNS])
    for number, each in enumerate(rows):
        writer.writerow([each.get(name, f"SKU{number}" if name == "SKU" else "") for name in COLUMNS])
    return out.getvalue()


def addresses(files: Mapping[tuple[str, str], str]) -> dict[str, bytes]:
    """Every address of a price list with these regional files, by offer and region."""
    offers = sorted({offer for offer, _ in files})
    root = "/offers/v1.0/aws"
    index = {
        "formatVersion": "v1.0",
        "publicationDate": PUBLISHED,
        "offers": {
            offer: {
                "offerCode": offer,
                "currentVersionUrl": f"{root}/{offer}/current/index.json",
                "currentRegionIndexUrl": f"{root}/{offer}/current/region_index.json",
            }
            for offer in offers
        },
    }
    served = {f"{root}/index.json": json.dumps(index).encode()}
    for offer in offers:
        places = {
            region: {
                "regionCode": region,
                "currentVersionUrl": f"{root}/{offer}/{VERSION}/{region}/index.json",
            }
            for known, region in sorted(files)
            if known == offer
        }
        served[f"{root}/{offer}/current/region_index.json"] = json.dumps({"regions": places}).encode()
    for (offer, region), text in files.items():
        served[f"{root}/{offer}/{VERSION}/{region}/index.csv"] = text.encode()
    return served


@contextmanager
def served(contents: Mapping[str, bytes], breaks_off: str = "") -> Iterator[str]:
    """The base address under which the contents are served.

    Args:
        contents: by address.
        breaks_off: part of an address whose answer ends in the middle.
    """

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = contents.get(self.path)
            self.send_response(200 if body is not None else 404)
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            cut = bool(breaks_off) and breaks_off in self.path
            self.wfile.write((body or b"")[: len(body or b"") // 2] if cut else body or b"")

        def log_message(self, *_told: object) -> None:
            """Nothing on stderr."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
