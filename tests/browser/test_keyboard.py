"""A design from its first word to the downloaded repository, by somebody who has no mouse."""

import zipfile

from playwright.async_api import Locator, Page, expect

from tests.browser.keyboard import tab_to
from tests.browser.visit import Opener
from tests.support.installation import Installation
from tests.support.product import FRAUD


class TestWithoutAMouse:
    async def test_a_design_is_made(self, workshop: Installation, visit: Opener) -> None:
        page = (await visit(workshop.base)).page
        await tab_to(page, page.get_by_label("What should the system do?"))
        await page.keyboard.type(FRAUD)
        await tab_to(page, page.get_by_role("button", name="Design it"))
        await page.keyboard.press("Enter")
        await page.wait_for_url("**/runs/?id=*")

        # The first gate: one question is answered, what is open then is left to the defaults.
        await expect(page.get_by_role("button", name="Accept the defaults")).to_be_visible()
        await tab_to(page, page.locator("main").get_by_role("radio", name="no", exact=True).first)
        await page.keyboard.press("ArrowLeft")
        await expect(page.get_by_role("radio", name="yes", exact=True).first).to_be_checked()
        await pressed(page, page.get_by_role("button", name="Send 1 answer"))
        await expect(page.get_by_role("log")).to_contain_text("answered")
        accept = page.get_by_role("button", name="Accept the defaults")
        approve = page.get_by_role("button", name="Approve", exact=True)
        await expect(accept.or_(approve)).to_be_visible()
        if await accept.is_visible():
            await pressed(page, accept)

        await expect(approve).to_be_visible()
        await pressed(page, approve)

        download = page.get_by_role("button", name="Download the repository")
        await expect(download).to_be_visible()
        await tab_to(page, download)
        async with page.expect_download() as started:
            await page.keyboard.press("Enter")
        with zipfile.ZipFile(await (await started.value).path()) as archive:
            assert "README.md" in archive.namelist()


async def pressed(page: Page, button: Locator) -> None:
    """Goes to a button and presses it."""
    await tab_to(page, button)
    await page.keyboard.press("Enter")
