"""A tree tells which version it came from."""

import json
from pathlib import Path

import pytest

from libs.codegen.answers import ANSWERS_PATH, write_answers
from libs.codegen.merging.identity import CHECKS_PATH, MANIFEST_PATH, clues_in, package_of
from libs.codegen.merging.tree import WorkTree
from libs.codegen.renderer import render
from libs.codegen.reports import manifest_text
from libs.core.values import digest
from tests.support.blueprints import churn_blueprint, fraud_blueprint

HASH = "a" * 64


def tree_with(root: Path, **files: str) -> WorkTree:
    names = {"answers": ANSWERS_PATH, "checks": CHECKS_PATH, "manifest": MANIFEST_PATH}
    (root / "reports").mkdir(parents=True)
    for name, text in files.items():
        (root / names[name]).write_bytes(text.encode())
    return WorkTree(root)


class TestAnswers:
    @pytest.mark.parametrize("blueprint", [fraud_blueprint(), churn_blueprint()], ids=["fraud", "churn"])
    def test_the_recorded_answers_have_the_digest_of_the_stored_blueprint(
        self, tmp_path: Path, blueprint
    ) -> None:  # type: ignore[no-untyped-def]
        clues = clues_in(tree_with(tmp_path, answers=write_answers(blueprint)))
        assert clues.answers_sha256 == digest(blueprint)
        assert clues.blueprint == blueprint

    def test_line_ends_of_a_checkout_do_not_matter(self, tmp_path: Path) -> None:
        blueprint = fraud_blueprint()
        clues = clues_in(tree_with(tmp_path, answers=write_answers(blueprint).replace("\n", "\r\n")))
        assert clues.answers_sha256 == digest(blueprint)

    def test_answers_that_this_version_cannot_read_still_have_a_digest(self, tmp_path: Path) -> None:
        clues = clues_in(tree_with(tmp_path, answers="contract: 9\nproject: fraud\n"))
        assert clues.answers_sha256 == digest({"contract": 9, "project": "fraud"})
        assert clues.blueprint is None

    @pytest.mark.parametrize(
        "text",
        [
            "- a list\n",
            "a: [unclosed\n",
            "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
            "a: 2026-01-01\n",
            "a: .nan\n",
            "1: 2\n",
            "!!python/object/apply:os.system ['true']\n",
            "[" * 5000,
        ],
    )
    def test_what_was_never_written_by_us_is_no_clue(self, tmp_path: Path, text: str) -> None:
        clues = clues_in(tree_with(tmp_path, answers=text))
        assert (clues.answers_sha256, clues.blueprint) == (None, None)

    def test_the_package_is_read_from_the_answers(self) -> None:
        assert package_of(write_answers(churn_blueprint()).encode()) == "churn_nightly"
        assert package_of(b"package: [1]\n") == ""


class TestReports:
    def test_the_payload_that_the_checks_were_bound_to_is_named(self, tmp_path: Path) -> None:
        assert (
            clues_in(tree_with(tmp_path, checks=json.dumps({"payload_sha256": HASH}))).payload_sha256 == HASH
        )

    @pytest.mark.parametrize("text", ["{", "[]", '{"payload_sha256": "../../x"}', '{"payload_sha256": 3}'])
    def test_what_is_no_digest_is_no_clue(self, tmp_path: Path, text: str) -> None:
        assert clues_in(tree_with(tmp_path, checks=text)).payload_sha256 is None

    def test_the_manifest_shows_whether_a_rendering_is_the_same(self, tmp_path: Path) -> None:
        files = render(fraud_blueprint())
        clues = clues_in(tree_with(tmp_path, manifest=manifest_text(files)))
        assert clues.is_rendered_as(files)
        assert not clues.is_rendered_as(files[1:])
