"""A link to a gate, as a mail or a webhook carries it, on an installation that asks for a token."""

import asyncio
import hashlib
from collections.abc import Callable
from pathlib import Path

import httpx
from playwright.async_api import expect

from tests.browser.visit import Opener
from tests.support.command import Background
from tests.support.installation import Installation
from tests.support.product import FRAUD
from tests.support.visitors import Visitor, posted

TOKEN = "a-token-of-this-test"


class TestSignIn:
    async def test_a_link_to_a_gate_opens_it_after_the_token(
        self,
        sqlite_url: str,
        tmp_path: Path,
        background: Callable[[Background], Background],
        visit: Opener,
    ) -> None:
        digest = hashlib.sha256(TOKEN.encode()).hexdigest()
        installation = Installation(tmp_path, background, sqlite_url, bearer_token_sha256=digest)
        await asyncio.to_thread(installation.serve)
        headers = {"Authorization": f"Bearer {TOKEN}"}
        async with httpx.AsyncClient(base_url=installation.base, headers=headers, timeout=60) as client:
            visitor = Visitor(client, await posted(client, FRAUD))
            await visitor.until("gate-waiting")

        looked = await visit(installation.base, f"/runs/?id={visitor.design_id}&tab=cost")
        page = looked.page
        field = page.get_by_label("Access token")
        await field.fill("not-the-token")
        await page.keyboard.press("Enter")
        await expect(page.get_by_text("The token that this tab has was refused.")).to_be_visible()
        await field.fill(TOKEN)
        await page.keyboard.press("Enter")

        await expect(page.get_by_role("button", name="Accept the defaults")).to_be_visible()
        await expect(page.get_by_role("tab", name="Cost")).to_have_attribute("aria-selected", "true")
        await expect(page.get_by_role("dialog")).to_have_count(0)
