"""The generated repository in the page: 300 files, a large one, odd names; versions compared and restored."""

import io
import random
import re
import zipfile

import httpx
import pytest_asyncio
from playwright.async_api import Locator, expect

from libs.workflow.service import StartedDesign
from tests.api.stage import packed
from tests.browser.theatre import Theatre
from tests.browser.visit import Opener, Visit
from tests.support.installation import Installation
from tests.support.product import CHURN
from tests.support.visitors import Visitor, posted

FILES = 300
BIG = "data/big.csv"
ODD = {
    "odd/<img src=x onerror=alert(1)>.md": b"# Shown as text\n",
    "odd/with space & ampersand?.txt": b"space\n",
    "odd/100%25.txt": b"percent\n",
    "odd/hash#tag.txt": b"hash\n",
    "odd/quote'\"`.txt": b"quotes\n",
    "odd/umlaut-\u00e4\u00f6\u00fc-\u6771\u4eac.txt": "T\u014dky\u014d\n".encode(),
    "odd/\u202egnp.exe.txt": b"turned round\n",
    "odd/back\\slash.txt": b"backslash\n",
    "odd/" + "long-" * 40 + "name.txt": b"long\n",
    "odd/empty.txt": b"",
    "odd/binary.bin": bytes(range(256)),
    "odd/one-line.json": b'{"key": "' + b"x" * 100_000 + b'"}',
}
WIDE = {"width": 1920, "height": 1080}
"""Room for the tree and the file beside each other."""
CLIPBOARD = "window.copied = null; navigator.clipboard.writeText = async (text) => { window.copied = text; }"


def big_table() -> bytes:
    """A little more than 2 MB."""
    lines = [f"{number},{number * 7919 % 10_007},row number {number}" for number in range(80_000)]
    return ("id,value,words\n" + "\n".join(lines) + "\n").encode()


def files() -> dict[str, bytes]:
    plain = {
        f"src/part_{number % 20:02}/module_{number:03}.py": (
            f'"""Module {number}."""\n\n\ndef answer() -> int:\n    return {number}\n'.encode()
        )
        for number in range(FILES - len(ODD) - 2)
    }
    return {"README.md": b"# Three hundred files\n", BIG: big_table(), **ODD, **plain}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def large(theatre: Theatre) -> StartedDesign:
    """A design whose stored repository has 300 files."""
    design = await theatre.stage.start()
    await theatre.begin(design, "codegen")
    content = files()
    assert len(content) == FILES
    assert len(content[BIG]) > 2_000_000
    await theatre.stage.artifact(design, "repository.zip", packed(content), "application/zip")
    await theatre.stage.end(design)
    return design


class TestThreeHundredFiles:
    async def test_any_of_them_is_found_and_opened(
        self, theatre: Theatre, large: StartedDesign, visit: Opener
    ) -> None:
        laptop = await opened(visit, theatre, large)
        await expect(laptop.page.get_by_text(f"{FILES} files")).to_be_visible()
        content = files()
        rng = random.Random(300)
        plain = [path for path in content if path.startswith("src/")]
        for path in [*rng.sample(plain, 12), *ODD, BIG]:
            await laptop.page.get_by_label("Find a file").fill(path)
            await laptop.page.get_by_role("list", name="Found files").get_by_role("button").first.click()
            await expect(laptop.page).to_have_url(re.compile("file="))
            await assert_open(laptop, path, content[path])
        # The address alone opens it again.
        await laptop.page.reload()
        await assert_open(laptop, BIG, content[BIG])
        await laptop.page.get_by_label("Find a file").fill("no such file")
        await expect(laptop.page.get_by_text("No files found")).to_be_visible()

    async def test_the_tree_opens_folder_by_folder(
        self, theatre: Theatre, large: StartedDesign, visit: Opener
    ) -> None:
        laptop = await opened(visit, theatre, large)
        tree = laptop.page.get_by_role("tree", name="Files")
        for name in ("src", "part_07", "module_007.py"):
            await tree.get_by_role("treeitem", name=re.compile(f"^{name}")).click()
        await assert_open(laptop, "src/part_07/module_007.py", files()["src/part_07/module_007.py"])

    async def test_large_files_are_read_to_their_last_line(
        self, theatre: Theatre, large: StartedDesign, visit: Opener
    ) -> None:
        laptop = await visit(
            theatre.base, f"/runs/?id={large.decision_set_id}&tab=repository&file={BIG}&line=80001"
        )
        last = laptop.page.locator("[data-line='80001']")
        await expect(last).to_contain_text("row number 79999")
        await expect(last).to_be_in_viewport()
        assert await laptop.page.locator("[data-line]").count() < 2_000, (
            "only what is in sight is in the page"
        )

    async def test_files_are_copied_and_downloaded_as_they_are(
        self, theatre: Theatre, large: StartedDesign, visit: Opener
    ) -> None:
        content = files()
        laptop = await opened(visit, theatre, large)
        for path in ["src/part_03/module_003.py", *ODD, BIG]:
            await laptop.page.get_by_label("Find a file").fill(path)
            await laptop.page.get_by_role("list", name="Found files").get_by_role("button").first.click()
            await assert_open(laptop, path, content[path])
            async with laptop.page.expect_download() as started:
                await laptop.page.get_by_role("button", name="Download", exact=True).click()
            downloaded = await started.value
            assert (await downloaded.path()).read_bytes() == content[path], path
            assert "/" not in downloaded.suggested_filename
            if is_text(content[path]):
                await laptop.page.evaluate("window.copied = null")
                await laptop.page.get_by_role("button", name="Copy", exact=True).click()
                await laptop.page.wait_for_function("window.copied !== null")
                assert await laptop.page.evaluate("window.copied") == content[path].decode(), path
        async with laptop.page.expect_download() as started:
            await laptop.page.get_by_role("button", name=re.compile("^Download all")).click()
        whole = (await (await started.value).path()).read_bytes()
        with zipfile.ZipFile(io.BytesIO(whole)) as archive:
            assert {name: archive.read(name) for name in archive.namelist()} == content


class TestVersions:
    async def test_two_versions_are_compared_and_the_first_is_restored(
        self, workshop: Installation, visit: Opener
    ) -> None:
        async with httpx.AsyncClient(base_url=workshop.base, timeout=60) as client:
            first = Visitor(client, await posted(client, CHURN))
            assert (await first.approve_to_the_end())["data"]["status"] == "done"
            change = "The budget is 1,400 dollars a month, and 99.9% availability is needed."
            body = {"decision_set_id": first.design_id}
            second = Visitor(client, await posted(client, change, **body))
            assert (await second.approve_to_the_end())["data"]["status"] == "done"

            laptop = await visit(workshop.base)
            await laptop.open_run(second.design_id, "versions")
            listed = laptop.page.get_by_role("list", name="Versions").get_by_role("listitem")
            await expect(listed).to_have_count(2)
            changed = (
                await client.get(f"/api/decision-sets/{second.design_id}/diff?against={first.design_id}")
            ).json()
            comparison = laptop.page.get_by_role("region", name="Comparison")
            one = next(file for file in changed["code"]["files"] if file["diff"])
            await comparison.get_by_role("button", name=one["path"]).click()
            region = comparison.get_by_role("region", name=f"Changes in {one['path']}")
            await expect(region.locator("[data-kind=added]")).to_have_count(one["added_lines"])
            await expect(region.locator("[data-kind=removed]")).to_have_count(one["removed_lines"])

            await laptop.page.get_by_role("button", name="Restore version 1").click()
            await laptop.page.get_by_role("dialog").get_by_role("button", name="Restore version 1").click()
            await expect(laptop.page.locator("main > header")).to_contain_text("Version 3")
            await expect(listed).to_have_count(3)
            restored = laptop.page.url.split("id=")[1].split("&")[0]
            assert await digests(client, restored) == await digests(client, first.design_id)
            assert await digests(client, restored) != await digests(client, second.design_id)


def is_text(content: bytes) -> bool:
    try:
        return bool(content.decode())
    except UnicodeDecodeError:
        return False


async def opened(visit: Opener, theatre: Theatre, design: StartedDesign) -> Visit:
    looked: Visit = await visit(theatre.base, "", viewport=WIDE)
    await looked.page.add_init_script(CLIPBOARD)
    await looked.open_run(design.decision_set_id, "repository")
    return looked


async def assert_open(looked: Visit, path: str, content: bytes) -> None:
    """The page shows the beginning of this file, and nothing but text of it."""
    pane = looked.page.get_by_role("tabpanel", name="Repository")
    name = path.replace("\u202e", "\u27eaU+202E\u27eb")
    await expect(pane.get_by_role("heading", level=2)).to_have_text(name)
    if not content:
        await expect(pane.get_by_text("This file is empty")).to_be_visible()
    elif not is_text(content):
        await expect(pane.get_by_text("This file is no text")).to_be_visible()
    else:
        first = content.decode().split("\n")[0][:200]
        await expect(code(looked).locator("[data-line='1'], [data-line]").first).to_contain_text(first)
    assert await pane.locator("img, script, iframe").count() == 0


def code(looked: Visit) -> Locator:
    return looked.page.get_by_role("region", name=re.compile("^Content of"))


async def digests(client: httpx.AsyncClient, design_id: str) -> tuple[str, str]:
    """Of the decision set's payload, and of its packed repository."""
    design = (await client.get(f"/api/decision-sets/{design_id}")).json()
    artifacts = (await client.get(f"/api/decision-sets/{design_id}/artifacts")).json()["items"]
    packed_sha256 = next(a["sha256"] for a in reversed(artifacts) if a["name"] == "repository.zip")
    return design["payload_sha256"], packed_sha256
