"""From a sentence to a downloaded repository, in a browser against the real server, queue and worker."""

import asyncio
import hashlib
import zipfile

import httpx
from playwright.async_api import expect

from tests.browser.conversation import assert_the_same
from tests.browser.visit import Opener
from tests.support.installation import Installation
from tests.support.product import FRAUD
from tests.support.stores import often_over


class TestTheWholeJourney:
    @often_over("postgres")
    async def test_a_sentence_becomes_a_repository(self, installation: Installation, visit: Opener) -> None:
        await asyncio.to_thread(installation.serve)
        worker = await asyncio.to_thread(installation.work)
        laptop = await visit(installation.base)
        page = laptop.page
        design_id = await laptop.start(FRAUD)

        await expect(page.get_by_role("button", name="Accept the defaults")).to_be_visible()
        await laptop.shot("journey-questions")

        # A second tab and a reload see the same, whatever happened before they came.
        tab = await visit(installation.base, f"/runs/?id={design_id}", context=laptop.context)
        await expect(tab.page.get_by_role("button", name="Accept the defaults")).to_be_visible()
        await page.reload()
        await expect(page.get_by_role("button", name="Accept the defaults")).to_be_visible()
        await assert_the_same(laptop, tab)

        # A worker that is killed leaves nothing behind that the page would have to know of.
        await page.get_by_role("button", name="Accept the defaults").click()
        await asyncio.to_thread(worker.kill)
        await asyncio.to_thread(installation.work)

        await page.get_by_role("button", name="Approve", exact=True).click()
        await expect(page.get_by_role("button", name="Download the repository")).to_be_visible()
        await expect(tab.page.get_by_role("button", name="Download the repository")).to_be_visible()
        await assert_the_same(laptop, tab)

        async with page.expect_download() as started:
            await page.get_by_role("button", name="Download the repository").click()
        packed = await (await started.value).path()
        async with httpx.AsyncClient(base_url=installation.base) as client:
            artifacts = (await client.get(f"/api/decision-sets/{design_id}/artifacts")).json()["items"]
        stored = next(a for a in reversed(artifacts) if a["name"] == "repository.zip")
        assert hashlib.sha256(packed.read_bytes()).hexdigest() == stored["sha256"]
        with zipfile.ZipFile(packed) as archive:
            assert archive.testzip() is None
            assert "README.md" in archive.namelist()
