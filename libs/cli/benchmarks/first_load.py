"""How much JavaScript a browser loads before anything of a page can be used."""

import asyncio
import gzip
from collections.abc import Mapping, Sequence
from html.parser import HTMLParser
from pathlib import Path

from libs.cli.benchmarks.models import Conditions, MeasurementFailed, Result, measured, skipped

TARGET_KB = 200.0
NOT_BUILT = "the web app is not built; `make install` builds it where Node is found"
BEST_COMPRESSION = 9


async def measure(conditions: Conditions) -> Sequence[Result]:
    """The heaviest page, compressed as the server sends it; the breakdown has every page."""
    built = conditions.settings.page_dir
    if not is_built(built):
        return [skipped("first_load", "KB", NOT_BUILT)]
    pages = await asyncio.to_thread(weigh, built)
    heaviest = max(pages, key=lambda page: pages[page])
    return [
        measured(
            "first_load",
            "KB",
            pages[heaviest],
            runs=1,
            at_most=TARGET_KB,
            breakdown={"kilobytes": {page: round(size, 1) for page, size in pages.items()}},
            note=f"JavaScript, gzip; the heaviest page is {heaviest}",
        )
    ]


def is_built(page_dir: Path) -> bool:
    """Whether the folder holds the exported web app and not the plain page that needs no build."""
    return (page_dir / "index.html").is_file() and (page_dir / "_next").is_dir()


def weigh(built: Path) -> Mapping[str, float]:
    """Kilobytes (1,000 bytes) of the scripts that the HTML of each page names, by the address of the page.

    Raises:
        MeasurementFailed: a page names a script that was not built.
    """
    sizes: dict[str, int] = {}
    pages: dict[str, float] = {}
    for file in sorted(built.rglob("index.html")):
        named = scripts(file.read_text())
        for address in named - sizes.keys():
            script = built / address.lstrip("/")
            if not script.is_file():
                raise MeasurementFailed(f"{file.relative_to(built)} names {address}, which is not there.")
            sizes[address] = len(gzip.compress(script.read_bytes(), BEST_COMPRESSION))
        where = file.parent.relative_to(built).as_posix()
        pages["/" if where == "." else f"/{where}/"] = sum(sizes[each] for each in named) / 1000
    return pages


def scripts(html: str) -> set[str]:
    """The addresses of all scripts that a browser of today loads with this page, preloaded ones included."""
    found = _Scripts()
    found.feed(html)
    return found.addresses


class _Scripts(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.addresses: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        address = None
        # What is marked `nomodule` is loaded by browsers without modules only.
        if tag == "script" and "nomodule" not in given:
            address = given.get("src")
        elif tag == "link" and (
            given.get("rel") == "modulepreload"
            or (given.get("rel") == "preload" and given.get("as") == "script")
        ):
            address = given.get("href")
        if address:
            self.addresses.add(address.partition("?")[0])
