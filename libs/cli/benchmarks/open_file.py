"""How long it takes until a chosen file of a repository of 300 is read, up to one of 2 MB."""

import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from libs.bootstrap import build
from libs.cli.benchmarks import browser, samples
from libs.cli.benchmarks.first_load import NOT_BUILT, is_built
from libs.cli.benchmarks.models import Conditions, Result, measured, skipped
from libs.cli.benchmarks.web_designs import finished_design, web_app
from libs.core.ids import new_id
from libs.core.principal import local_owner
from libs.projects import repository as projects
from libs.projects.models import Artifact

if TYPE_CHECKING:
    from playwright.async_api import Page

TARGET_MS = 300.0
FILES = 300
STRIDE = 7
"""One in so many files is opened; each round begins at another one."""
BIG = "data/big.csv"
BIG_LINES = 80_000
WIDE = (1920, 1080)
"""Room for the tree and the file beside each other."""
LONGEST_MS = 60_000.0

OPEN = """async ({ path, first }) => {
  const item = document.querySelector(`[aria-label="Found files"] button`);
  const began = performance.now();
  item.click();
  const shown = () => {
    const line = document.querySelector(`[data-line="1"]`);
    return document.querySelector("[role=tabpanel] h2")?.textContent === path && line?.textContent.includes(first);
  };
  while (!shown()) {
    if (performance.now() - began > 60000) throw new Error(`${path} does not open`);
    await new Promise(requestAnimationFrame);
  }
  // The frame in which it stands has to be drawn as well.
  await new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)));
  return performance.now() - began;
}"""
"""Opens the file that was found, by the page's own clock: from the click to the frame that shows its first line."""


async def measure(conditions: Conditions) -> Sequence[Result]:
    """p95 of opening files that were not open before, in a real browser."""
    reason = browser.missing() or (None if is_built(conditions.settings.page_dir) else NOT_BUILT)
    if reason:
        return [skipped("open_file", "ms", reason)]
    content = files()
    plain: list[float] = []
    big: list[float] = []
    async with web_app(conditions, "open-file") as (server, client):
        design = await finished_design(client)
        await _store(conditions, design, content)
        for number in range(conditions.runs):
            async with browser.watched_page() as page:
                await page.set_viewport_size({"width": WIDE[0], "height": WIDE[1]})
                await page.goto(f"{server.url}/runs/?id={design['id']}&tab=repository")
                await page.get_by_text(f"{FILES} files").wait_for(timeout=LONGEST_MS)
                # README.md is open already.
                chosen = sorted(set(content) - {BIG, "README.md"})[number % STRIDE :: STRIDE]
                plain += [await _open(page, path, content[path]) for path in chosen]
                big.append(await _open(page, BIG, content[BIG]))
    every = [*plain, *big]
    return [
        measured(
            "open_file",
            "ms",
            samples.p95(every),
            runs=len(every),
            at_most=TARGET_MS,
            breakdown={
                "files": FILES,
                "plain_ms": samples.spread(plain),
                "big_ms": samples.spread(big),
                "big_bytes": len(content[BIG]),
            },
            note="p95",
        )
    ]


def files() -> Mapping[str, bytes]:
    """A repository of 300 files: modules of some hundred lines, and one table of more than 2 MB."""
    rows = (f"{number},{number * 7919 % 10_007},row number {number}" for number in range(BIG_LINES))
    modules = {
        f"src/part_{number % 20:02}/module_{number:03}.py": _module(number) for number in range(FILES - 2)
    }
    return {
        "README.md": b"# Three hundred files\n",
        BIG: ("id,value,words\n" + "\n".join(rows) + "\n").encode(),
        **modules,
    }


def _module(number: int) -> bytes:
    functions = (
        f"def step_{step}(value: int) -> int:\n    return value * {step} + {number}\n" for step in range(60)
    )
    return (f'"""Module {number}."""\n\n\n' + "\n\n".join(functions)).encode()


async def _open(page: "Page", path: str, content: bytes) -> float:
    await page.get_by_label("Find a file").fill(path)
    await page.locator("[aria-label='Found files'] button").first.wait_for(timeout=LONGEST_MS)
    first = content.decode().split("\n")[0]
    return float(await page.evaluate(OPEN, {"path": path, "first": first}))


async def _store(conditions: Conditions, design: Mapping[str, Any], content: Mapping[str, bytes]) -> None:
    """Puts the files in the place of the design's repository, as a run would."""
    home = conditions.folder / "open-file"
    services = await build(conditions.settings.model_copy(update={"home": home, "database_url": ""}))
    owner = local_owner()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, written in content.items():
            archive.writestr(path, written)
    try:
        ref = await services.content.put(
            owner.organisation_id, "repository", packed.getvalue(), "application/zip"
        )
        async with services.db.write() as session:
            run = await services.runs.get(session, owner, design["run_id"])
            artifact = Artifact(
                id=new_id("art"),
                organisation_id=run.organisation_id,
                project_id=run.project_id,
                decision_set_id=run.decision_set_id,
                run_id=run.id,
                name="repository.zip",
                kind=ref.kind,
                sha256=ref.sha256,
                bytes=ref.bytes,
                content_type="application/zip",
                created_at=datetime.now(UTC),
            )
            await projects.insert_artifacts(session, [(new_id("visit"), artifact)])
    finally:
        await services.close()
