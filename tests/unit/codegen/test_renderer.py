"""Rendering is strict, stays inside its root, and gives the same bytes again."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from libs.codegen import renderer
from libs.codegen.answers import ANSWERS_PATH, read_answers, write_answers
from libs.codegen.errors import AnswersUnreadable, RenderFailed, UnescapedText, UnsafeName, UnsafePath
from libs.codegen.models import Blueprint, RenderedFile
from tests.support.blueprints import churn_blueprint, fraud_blueprint


def render_one(root: Path, name: str, source: str, bp: Blueprint | None = None) -> dict[str, bytes]:
    """Renders a template tree that holds one file."""
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(source, encoding="utf-8")
    return by_path(renderer.render(bp or fraud_blueprint(), renderer.TemplateSet(root)))


def by_path(files: tuple[RenderedFile, ...]) -> dict[str, bytes]:
    return {file.path: file.content for file in files}


class TestTemplates:
    def test_fills_a_template_and_drops_the_suffix(self, tmp_path: Path) -> None:
        files = render_one(tmp_path, "ml_repo/docs/a.md.jinja", "# {{ bp.project }}\n")
        assert files["docs/a.md"] == b"# fraud-api\n"

    def test_copies_other_files_byte_for_byte(self, tmp_path: Path) -> None:
        files = render_one(tmp_path, "ml_repo/a.txt", "{{ untouched }}")
        assert files["a.txt"] == b"{{ untouched }}"

    def test_an_undefined_variable_is_an_error(self, tmp_path: Path) -> None:
        with pytest.raises(RenderFailed, match="nowhere"):
            render_one(tmp_path, "ml_repo/a.jinja", "{{ bp.nowhere }}")

    def test_an_undefined_variable_in_a_condition_is_an_error(self, tmp_path: Path) -> None:
        with pytest.raises(RenderFailed):
            render_one(tmp_path, "ml_repo/a.jinja", "{% if nowhere %}x{% endif %}")

    def test_invalid_syntax_is_an_error_that_names_the_template(self, tmp_path: Path) -> None:
        with pytest.raises(RenderFailed, match=r"ml_repo/a\.jinja"):
            render_one(tmp_path, "ml_repo/a.jinja", "{% if %}")

    @pytest.mark.parametrize(
        "source",
        [
            "{{ ''.__class__.__mro__ }}",
            "{{ bp.__init__.__globals__ }}",
            "{{ bp.components.clear() }}",
            "{{ lipsum() }}",
        ],
    )
    def test_a_template_reaches_nothing_but_its_answers(self, tmp_path: Path, source: str) -> None:
        with pytest.raises((RenderFailed, UnescapedText)):
            render_one(tmp_path, "ml_repo/a.jinja", source)

    def test_a_template_cannot_include_a_file_outside_the_trees(self, tmp_path: Path) -> None:
        (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
        with pytest.raises(RenderFailed):
            render_one(tmp_path / "trees", "ml_repo/a.jinja", "{% include '../secret.txt' %}")

    def test_a_symbolic_link_is_not_followed(self, tmp_path: Path) -> None:
        (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
        (tmp_path / "trees" / "ml_repo").mkdir(parents=True)
        (tmp_path / "trees" / "ml_repo" / "a.txt").symlink_to(tmp_path / "secret.txt")
        assert "a.txt" not in by_path(
            renderer.render(fraud_blueprint(), renderer.TemplateSet(tmp_path / "trees"))
        )

    def test_macros_and_blocks_print_what_their_filters_escaped(self, tmp_path: Path) -> None:
        macro = "{% macro q(x) %}\n{{ x | hcl }}\n{% endmacro %}"
        source = macro + '{% set b %}{{ q("a") }}{% endset %}{{ b | indent(2, true) }}'
        assert render_one(tmp_path, "ml_repo/a.jinja", source)["a"] == b'  "a"\n'

    def test_partials_render_to_nothing_themselves(self, tmp_path: Path) -> None:
        assert list(render_one(tmp_path, "ml_repo/_partials/a.jinja", "x")) == [ANSWERS_PATH]

    def test_two_templates_for_one_path_are_an_error(self, tmp_path: Path) -> None:
        (tmp_path / "ml_repo").mkdir()
        (tmp_path / "ml_repo" / "a.txt").write_text("1", encoding="utf-8")
        with pytest.raises(RenderFailed, match=r"a\.txt"):
            render_one(tmp_path, "ml_repo/a.txt.jinja", "2")

    def test_a_script_is_executable(self, tmp_path: Path) -> None:
        (tmp_path / "ml_repo").mkdir()
        (tmp_path / "ml_repo" / "run").write_text("#!/bin/sh\n", encoding="utf-8")
        files = renderer.render(fraud_blueprint(), renderer.TemplateSet(tmp_path))
        assert [file.executable for file in files if file.path == "run"] == [True]


class TestPaths:
    def test_replaces_the_package_and_repeats_for_each_environment(self, tmp_path: Path) -> None:
        files = render_one(tmp_path, "ml_repo/src/__package__/__env__.txt.jinja", "{{ env }}")
        assert {path: files[path] for path in files if path.startswith("src")} == {
            "src/fraud_api/dev.txt": b"dev",
            "src/fraud_api/staging.txt": b"staging",
            "src/fraud_api/prod.txt": b"prod",
        }

    def test_repeats_for_each_decision(self, tmp_path: Path) -> None:
        files = render_one(tmp_path, "ml_repo/__decision__.md.jinja", "{{ decision.number }}")
        assert files["0001-serve.md"] == b"1"

    def test_terraform_lands_under_infra_with_the_modules_of_the_plan_only(self, tmp_path: Path) -> None:
        for module in ("ecs_fargate_service", "lambda_service"):
            (tmp_path / "terraform/aws/modules" / module).mkdir(parents=True)
            (tmp_path / "terraform/aws/modules" / module / "main.tf").write_text("", encoding="utf-8")
        files = by_path(renderer.render(fraud_blueprint(), renderer.TemplateSet(tmp_path)))
        assert "infra/modules/ecs_fargate_service/main.tf" in files
        assert not any("lambda_service" in path for path in files)

    @pytest.mark.parametrize(
        "path",
        [
            "../a",
            "a/../b",
            "/etc/passwd",
            "a//b",
            "",
            ".",
            "a\\b",
            "a\nb",
            "a b",
            "~/x",
            "$HOME",
            "a/..."[:4],
        ],
    )
    def test_a_path_that_is_not_plain_is_refused(self, path: str) -> None:
        with pytest.raises(UnsafePath):
            renderer.safe_path(path)

    @pytest.mark.parametrize("path", [".github/workflows/a.yml", "src/a_b/c-d.py", "infra/envs/dev/main.tf"])
    def test_plain_paths_pass(self, path: str) -> None:
        assert renderer.safe_path(path) == path


class TestHostileAnswers:
    @pytest.mark.parametrize(
        "change",
        [
            {"package": "../../etc"},
            {"package": "a/b"},
            {"package": "x'; import os"},
            {"project": "${var.x}"},
            {"project": "a\nb"},
            {"region": 'us-east-1"'},
            {"target": "y\ndrop"},
        ],
    )
    def test_an_unsafe_name_is_refused(self, change: dict[str, str]) -> None:
        with pytest.raises(UnsafeName):
            renderer.render(fraud_blueprint(**change))

    def test_an_unsafe_decision_slug_is_refused(self) -> None:
        bp = fraud_blueprint()
        decision = bp.decisions[0].model_copy(update={"slug": "../../x"})
        with pytest.raises(UnsafeName):
            renderer.render(bp.model_copy(update={"decisions": (decision,)}))

    def test_free_text_without_a_filter_is_refused(self, tmp_path: Path) -> None:
        bp = fraud_blueprint(title="x\nevil: yes")
        with pytest.raises(UnescapedText, match=r"ml_repo/a\.yml\.jinja"):
            render_one(tmp_path, "ml_repo/a.yml.jinja", "title: {{ bp.title }}\n", bp)

    def test_free_text_is_never_rendered_as_a_template(self, tmp_path: Path) -> None:
        bp = fraud_blueprint(title="{{ 7 * 7 }}{% raw %}")
        files = render_one(tmp_path, "ml_repo/a.json.jinja", "{{ bp.title | json }}", bp)
        assert files["a.json"] == b'"{{ 7 * 7 }}{% raw %}"'


class TestRepeatability:
    @pytest.mark.parametrize("bp", [fraud_blueprint(), churn_blueprint()], ids=["online", "batch"])
    def test_the_same_answers_give_the_same_bytes(self, bp: Blueprint) -> None:
        assert renderer.render(bp) == renderer.render(Blueprint.model_validate_json(bp.model_dump_json()))

    def test_the_recorded_answers_give_the_same_bytes(self) -> None:
        files = by_path(renderer.render(fraud_blueprint()))
        again = renderer.render(read_answers(files[ANSWERS_PATH].decode()))
        assert by_path(again) == files

    def test_the_bytes_do_not_depend_on_the_process(self) -> None:
        program = (
            "from tests.support.blueprints import fraud_blueprint as b; from libs.codegen.renderer import render;"
            "from libs.core.values import digest; print(digest([[f.path, f.content.hex()] for f in render(b())]))"
        )
        digests = {
            subprocess.run(
                [sys.executable, "-c", program],
                env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C"},
                cwd=Path(__file__).parents[3],
                capture_output=True,
                text=True,
                check=True,
            ).stdout
            for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
        }
        assert len(digests) == 1

    def test_files_come_sorted_and_once(self) -> None:
        paths = [file.path for file in renderer.render(fraud_blueprint())]
        assert paths == sorted(set(paths))


class TestAnswers:
    @pytest.mark.parametrize(
        "title", ["a: b # c", "日本\u2028x", "- 1", "null", "x" * 500, "\x85\x00", "é\t"]
    )
    def test_any_text_is_read_back(self, title: str) -> None:
        bp = fraud_blueprint(title=title)
        assert read_answers(write_answers(bp)) == bp

    @pytest.mark.parametrize("text", ["", "a: [", "contract: 1", "!!python/object/apply:os.getcwd []"])
    def test_what_is_no_blueprint_is_refused(self, text: str) -> None:
        with pytest.raises(AnswersUnreadable):
            read_answers(text)

    def test_keys_are_sorted(self) -> None:
        keys = list(yaml.safe_load(write_answers(fraud_blueprint())))
        assert keys == sorted(keys)
