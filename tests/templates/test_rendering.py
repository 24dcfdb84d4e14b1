"""Over answers that together use every option: nothing undefined, no marker left, files parse, links and names hold."""

import ast
import json
import re
import tomllib
from fnmatch import fnmatchcase
from functools import cache
from pathlib import PurePosixPath
from typing import Any

import hcl2
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import Environment, nodes

from libs.codegen import filters
from libs.codegen.blueprint import build_blueprint
from libs.codegen.manifest import ML_REPO_BINDINGS
from libs.codegen.models import Blueprint
from libs.codegen.parts import SHARED_MODULES, WORKLOAD_MODULES, written_parts
from libs.codegen.renderer import TEMPLATES, render, shipped_templates
from tests.support.blueprints import churn_blueprint, fraud_blueprint
from tests.support.codegen_plans import language_model_plan
from tests.templates.terraform.more_plans import ALL_PLANS, MORE_PLANS

HOSTILE = 'x "quoted" ${a} %{b} {{ c }} <b>d</b> | e `f` \\ \u202e # g: h \' """'
_LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
_MARKERS = ("{%", "{#", "TODO", "FIXME", "XXX", "PLACEHOLDER", "lorem ipsum", "<your", "CHANGEME")


def hostile(text: str = HOSTILE) -> Blueprint:
    """Free text that would break out of any language it is not escaped for."""
    bp = fraud_blueprint(title=text, summary=text, assumptions=(text,))
    components = {
        slot: component.model_copy(update={"title": text, "why": text})
        for slot, component in bp.components.items()
    }
    decision = bp.decisions[0].model_copy(
        update=dict.fromkeys(("title", "context", "choice", "consequences"), text) | {"rejected": (text,)}
    )
    column = bp.columns[2].model_copy(update={"description": text})
    return bp.model_copy(
        update={
            "components": components,
            "decisions": (decision,),
            "columns": (*bp.columns[:2], column, *bp.columns[3:]),
            "requirements": tuple(
                r.model_copy(update={"quote": text, "value": text}) for r in bp.requirements
            ),
        }
    )


ANSWERS = {
    **ALL_PLANS,
    "regression": lambda: churn_blueprint(task="regression", metric="rmse", target="value"),
    "no_limits": lambda: fraud_blueprint(
        latency_ms_p95=None,
        budget_usd_month=None,
        compliance=(),
        training_schedule="",
        data_classification="public",
    ),
    "hostile_text": hostile,
    "language_model": lambda: build_blueprint(
        language_model_plan(), (), name="help-desk", brief_title="Answers from the handbook"
    ),
}


@cache
def rendered(name: str) -> dict[str, str]:
    return {file.path: file.content.decode() for file in render(ANSWERS[name]())}


@pytest.fixture(
    params=[
        pytest.param(name, marks=[pytest.mark.long] if name in MORE_PLANS else []) for name in sorted(ANSWERS)
    ]
)
def files(request: pytest.FixtureRequest) -> dict[str, str]:
    return rendered(request.param)


class TestEveryTree:
    def test_has_no_marker_left(self, files: dict[str, str]) -> None:
        found = [
            (path, marker)
            for path, text in files.items()
            for marker in _MARKERS
            if marker in text and HOSTILE not in text and not path.endswith(".lock")
        ]
        assert found == []

    def test_has_no_braces_of_a_template_but_those_of_the_ci(self, files: dict[str, str]) -> None:
        for path, text in files.items():
            if not path.startswith(".github/") and "c }}" not in text:
                assert "{{" not in text.replace("${{", ""), path

    def test_parses(self, files: dict[str, str]) -> None:
        for path, text in files.items():
            _parse(path, text)

    def test_ends_every_text_with_one_line_break(self, files: dict[str, str]) -> None:
        wrong = [
            path
            for path, text in files.items()
            if text and (not text.endswith("\n") or text.endswith("\n\n"))
        ]
        assert wrong == []

    def test_links_lead_somewhere(self, files: dict[str, str]) -> None:
        folders = {str(parent) for path in files for parent in PurePosixPath(path).parents}
        for path, text in files.items():
            if path.endswith(".md"):
                for target in _LINK.findall(text):
                    if "://" not in target:
                        assert _resolved(path, target) in files.keys() | folders, f"{path} → {target}"

    def test_documents_name_only_targets_of_the_makefile(self, files: dict[str, str]) -> None:
        targets = set(re.findall(r"^([a-z][a-z-]*):", files["Makefile"], re.MULTILINE))
        for path, text in files.items():
            if path.endswith((".md", ".yml")):
                named = set(
                    re.findall(r"(?:^|`|- run: |    - )make (?:--silent )?([a-z][a-z-]*)", text, re.MULTILINE)
                )
                assert named <= targets, path

    def test_documents_name_only_outputs_of_the_environments(self, files: dict[str, str]) -> None:
        outputs = {
            *re.findall(r'^output "(\w+)"', files["infra/envs/prod/outputs.tf"], re.MULTILINE),
            *re.findall(r'^output "(\w+)"', files["infra/bootstrap/outputs.tf"], re.MULTILINE),
        }
        for path, text in files.items():
            if path.startswith("docs/"):
                assert set(re.findall(r"(?<!-)output (?:-raw |-json )?([a-z]\w+)", text)) <= outputs, path

    def test_holds_one_kind_of_ci(self, files: dict[str, str]) -> None:
        kinds = (
            ".circleci/",
            ".github/",
            ".gitlab-ci.yml",
            "Jenkinsfile",
            "azure-pipelines.yml",
            "bitbucket-pipelines.yml",
        )
        held = [kind for kind in kinds if any(path.startswith(kind) for path in files)]
        assert held == [] if "ci/buildspec.yml" in files else len(held) == 1


class TestTemplates:
    def test_every_option_has_its_modules_and_every_module_its_option(self) -> None:
        folders = {path.name for path in (TEMPLATES / "terraform/aws/modules").iterdir() if path.is_dir()}
        extras = [extra for part in written_parts().values() for extra in part.also]
        needing = (*written_parts().values(), *extras)
        bound = {*SHARED_MODULES, *(module for modules in WORKLOAD_MODULES.values() for module in modules)}
        bound |= {module for needs in needing for module in needs.modules}
        assert bound == folders

    def test_every_binding_names_a_file(self) -> None:
        paths = [source.path for source in shipped_templates().sources if source.tree == "ml_repo"]
        for binding in ML_REPO_BINDINGS:
            assert any(fnmatchcase(path, binding.pattern) for path in paths), binding.pattern

    def test_only_constants_are_marked_as_literal(self) -> None:
        """`literal` switches escaping off, so it must never be applied to an answer."""
        environment = Environment()
        environment.filters.update(filters.FILTERS)
        for source in shipped_templates().sources:
            if source.is_template:
                for found in environment.parse(source.raw.decode()).find_all(nodes.Filter):
                    if found.name == "literal":
                        assert not list(found.find_all(nodes.Name)), source.name


class TestHostileText:
    def test_leaves_the_infrastructure_parseable_and_the_same_resources(self) -> None:
        plain, changed = rendered("online_ecs"), rendered("hostile_text")
        for path, text in changed.items():
            if path.endswith(".tf") and text != plain[path]:
                assert _names(hcl2.loads(text)) == _names(hcl2.loads(plain[path])), path

    def test_adds_no_key_to_any_configuration(self) -> None:
        plain, changed = rendered("online_ecs"), rendered("hostile_text")
        for path in ("config/base.yaml", ".github/workflows/deploy.yml", "monitoring/slo.yaml"):
            assert yaml.safe_load(changed[path]).keys() == yaml.safe_load(plain[path]).keys()
        assert changed.keys() == plain.keys()


class TestAnyText:
    @given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40))
    @settings(max_examples=25, deadline=None)
    def test_gives_the_same_files_and_all_of_them_parse(self, text: str) -> None:
        plain = rendered("online_ecs")
        changed = {file.path: file.content.decode() for file in render(hostile(text))}
        assert changed.keys() == plain.keys()
        for path, content in changed.items():
            if content != plain[path]:
                _parse(path, content)


class TestArchetypes:
    def test_only_an_online_api_has_a_service_to_watch(self) -> None:
        assert "monitoring/rules.yaml" in rendered("online_ecs")
        assert "monitoring/rules.yaml" not in rendered("batch_fargate")


def _parse(path: str, text: str) -> None:
    suffix = PurePosixPath(path).suffix
    if suffix in (".yml", ".yaml"):
        assert yaml.safe_load(text) is not None, path
    elif suffix == ".json":
        json.loads(text)
    elif suffix == ".toml":
        tomllib.loads(text)
    elif suffix == ".py":
        ast.parse(text, path)


def _names(parsed: Any) -> list[str]:
    return sorted(f"{kind}.{name}" for kind, blocks in parsed.items() for block in blocks for name in block)


def _resolved(path: str, target: str) -> str:
    parts: list[str] = []
    for part in (*PurePosixPath(path).parent.parts, *PurePosixPath(target).parts):
        if part == "..":
            parts.pop()
        elif part != ".":
            parts.append(part)
    return "/".join(parts)
