"""Relative links resolve, also in the ways in which people write them."""

import time
from collections.abc import Callable

import pytest

from libs.codegen.checks.check import Tree
from libs.codegen.checks.links import LinksCheck

MakeTree = Callable[[dict[str, str | None] | None], Tree]
GUIDE = "# The guide\n\n## Step 1: `make`!\n\n## Again\n\n## Again\n"


class TestLinksCheck:
    @pytest.mark.parametrize(
        "link",
        [
            "[guide](docs/guide.md)",
            "[guide](./docs/guide.md#the-guide)",
            "[step](docs/guide.md#step-1-make)",
            "[second](docs/guide.md#again-1)",
            "[here](#example)",
            "[folder](docs/)",
            "[titled](docs/guide.md 'The guide')",
            "[in angle brackets](<docs/guide.md>)",
            "[brackets](docs/guide_(1).md)",
            "[web](https://example.invalid/none) and [mail](mailto:a@example.invalid)",
            "[added beside the payload](reports/checks.md)",
            "`[code](nowhere.md)`",
            "```\n[fenced](nowhere.md)\n```",
        ],
    )
    async def test_lets_a_good_link_pass(self, make_tree: MakeTree, link: str) -> None:
        guides: dict[str, str | None] = {"docs/guide.md": GUIDE, "docs/guide_(1).md": GUIDE}
        tree = make_tree({"README.md": f"# Example\n\n{link}\n", **guides})

        result = await LinksCheck().run(tree)

        assert (result.status, result.findings) == ("pass", ())

    @pytest.mark.parametrize(
        ("link", "said"),
        [
            ("[gone](docs/gone.md)", "not in this repository"),
            ("![image](docs/gone.png)", "not in this repository"),
            ("[anchor](docs/guide.md#step-2)", "no heading"),
            ("[here](#nowhere)", "no heading"),
            ("[third](docs/guide.md#again-2)", "no heading"),
            ("[out](../other/README.md)", "leads out"),
            ("[absolute](/docs/guide.md)", "absolute path"),
            ("[name]: docs/gone.md", "not in this repository"),
            ("[![badge](docs/gone.png)](docs/guide.md)", "not in this repository"),
            ("[two [nested] words](docs/gone.md)", "not in this repository"),
        ],
    )
    async def test_catches_a_link_that_leads_nowhere(self, make_tree: MakeTree, link: str, said: str) -> None:
        tree = make_tree({"README.md": f"# Example\n\n{link}\n", "docs/guide.md": GUIDE})

        result = await LinksCheck().run(tree)

        [finding] = result.findings
        assert result.status == "fail"
        assert (finding.path, finding.line) == ("README.md", 3)
        assert said in finding.message

    @pytest.mark.parametrize(
        "text",
        [
            "[" * 100_000,
            "](" * 100_000,
            "[](a '" * 50_000,
            "# " + "[" * 100_000,
            "# " + " " * 20_000 + "x",
            "# Again\n" * 50_000,
        ],
        ids=["brackets", "targets", "titles", "heading", "spaces", "headings"],
    )
    async def test_no_text_takes_long(self, make_tree: MakeTree, text: str) -> None:
        began = time.perf_counter()

        result = await LinksCheck().run(make_tree({"README.md": text}))

        assert result.status == "pass"
        assert time.perf_counter() - began < 5

    async def test_is_skipped_without_documents(self, make_tree: MakeTree) -> None:
        assert (await LinksCheck().run(make_tree({"README.md": None}))).status == "skipped"
