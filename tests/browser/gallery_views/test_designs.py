"""The designs that the other tests of the browser look at are there, in the states that they are named after."""

from playwright.async_api import expect

from tests.browser.gallery import Gallery
from tests.browser.visit import Opener


class TestGallery:
    async def test_every_design_opens_in_its_state(self, gallery: Gallery, visit: Opener) -> None:
        looked = await visit(gallery.base)
        for design_id, words in (
            (gallery.asking, "Waiting for you"),
            (gallery.approving, "Waiting for you"),
            (gallery.done, "Done"),
            (gallery.second, "Version 2"),
            (gallery.rejected, "Rejected"),
        ):
            await looked.open_run(design_id)
            await expect(looked.page.locator("main > header")).to_contain_text(words)
