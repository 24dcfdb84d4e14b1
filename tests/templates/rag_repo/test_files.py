"""Repositories that answer from documents: the files that belong, no trace of the templates, the same bytes again."""

import ast
import json
import os
import re
import subprocess
from functools import cache
from pathlib import Path

import pytest
import yaml

from libs.codegen.answering import kept_of
from libs.codegen.answers import ANSWERS_PATH, read_answers
from libs.codegen.corpora import corpora, documents_jsonl, evaluation_jsonl
from libs.codegen.manifest import RAG_REPO_BINDINGS
from libs.codegen.models import Blueprint
from libs.codegen.renderer import render, shipped_templates
from tests.support.blueprints import fraud_blueprint
from tests.support.blueprints_rag import KINDS, batch_blueprint, support_blueprint
from tests.templates.ml_repo.repository import RUFF, write

_LEFT_OVER = re.compile(r"\{%|\{#|(?<!\$)\{\{.*?\}\}|__package__|TODO|FIXME|XXX|changeme")
_WORDS_OF_TABLES = (
    "model_card",
    "retrain",
    "make train",
    "data/schema.json",
    "sample.csv",
    "optuna",
    "lightgbm",
)


@cache
def rendered(kind: str) -> dict[str, str]:
    blueprint = batch_blueprint() if kind == "batch" else support_blueprint(kind)
    return {file.path: file.content.decode() for file in render(blueprint)}


@pytest.fixture(params=[*sorted(KINDS), "batch"])
def files(request: pytest.FixtureRequest) -> dict[str, str]:
    """Everything but the infrastructure, which other tests look at."""
    return {path: text for path, text in rendered(request.param).items() if not path.startswith("infra/")}


class TestEveryTree:
    def test_has_nothing_left_over_or_unfinished(self, files: dict[str, str]) -> None:
        found = {
            path
            for path, text in files.items()
            if not path.startswith(".github/") and not path.endswith(".lock") and _LEFT_OVER.search(text)
        }
        assert found == set()

    def test_parses(self, files: dict[str, str]) -> None:
        for path, text in files.items():
            if path.endswith(".py"):
                ast.parse(text, path)
            elif path.endswith(".json"):
                json.loads(text)
            elif path.endswith(".jsonl"):
                assert all(isinstance(json.loads(line), dict) for line in text.splitlines())
            elif path.endswith((".yaml", ".yml")):
                assert yaml.safe_load(text) is not None, path

    def test_speaks_of_no_table_to_learn_from(self, files: dict[str, str]) -> None:
        shared = ("requirements", "docs/adr/", "infra/modules/", ANSWERS_PATH)
        for path, text in files.items():
            if not path.startswith(shared):
                assert [word for word in _WORDS_OF_TABLES if re.search(rf"(?<!\w){word}", text)] == [], path

    def test_the_last_line_of_every_file_ends(self, files: dict[str, str]) -> None:
        assert [p for p, text in files.items() if text and (text[-1] != "\n" or text.endswith("\n\n"))] == []

    def test_files_are_small(self, files: dict[str, str]) -> None:
        assert [p for p, t in files.items() if p.endswith(".py") and len(t.splitlines()) > 300] == []

    def test_the_recorded_answers_render_it_again(self, files: dict[str, str]) -> None:
        again = {file.path: file.content.decode() for file in render(read_answers(files[ANSWERS_PATH]))}
        assert {path: again[path] for path in files} == files


class TestBindings:
    def test_each_names_a_file(self) -> None:
        paths = [source.path for source in shipped_templates().sources if source.tree == "rag_repo"]
        assert [b.pattern for b in RAG_REPO_BINDINGS if not any(b.names(path) for path in paths)] == []

    @pytest.mark.parametrize(
        ("kind", "module"),
        [
            ("hosted", "stores/s3_vectors"),
            ("own machines", "stores/pgvector"),
            ("endpoints", "stores/opensearch"),
            ("in memory", "stores/valkey"),
            ("hosted", "guards/bedrock"),
            ("own machines", "guards/judge"),
            ("endpoints", "guards/model"),
            ("own machines", "evaluation/sampling"),
            ("own machines", "models/openai"),
            ("endpoints", "models/sagemaker"),
        ],
    )
    def test_a_plan_has_the_adapters_that_it_chose(self, kind: str, module: str) -> None:
        holding = {each for each in KINDS if f"src/help_desk/{module}.py" in rendered(each)}
        assert holding == {kind}
        assert f"tests/unit/{module.split('/')[0]}/test_{module.split('/')[1]}.py" in rendered(kind)

    def test_a_judge_on_bedrock_brings_its_adapter_to_a_model_of_ones_own(self) -> None:
        assert "src/help_desk/models/bedrock.py" in rendered("own machines")
        assert "src/help_desk/models/bedrock.py" not in rendered("endpoints")

    def test_only_a_service_is_served(self) -> None:
        assert "docker/serve.Dockerfile" in rendered("hosted")
        assert not [path for path in rendered("batch") if "/serve/" in path and not path.startswith("infra/")]
        assert "pipelines/score.yaml" in rendered("batch")

    def test_a_table_to_learn_from_brings_none_of_it(self) -> None:
        paths = {file.path for file in render(fraud_blueprint())}
        assert not {path for path in paths if "prompts/" in path or "rag.yaml" in path or "/guards/" in path}


class TestStyle:
    @pytest.mark.parametrize("kind", sorted(KINDS))
    def test_is_formatted_and_clean(self, kind: str, tmp_path: Path) -> None:
        folder = write(support_blueprint(kind), tmp_path / "repository")
        for command in (["check"], ["format", "--check"]):
            done = subprocess.run(
                [str(RUFF), *command, "--no-cache", "src", "tests", "tools", "docker"],
                cwd=folder,
                capture_output=True,
                text=True,
                check=False,
            )
            assert done.returncode == 0, done.stdout


class TestCorpora:
    @pytest.mark.parametrize("domain", sorted(corpora()))
    def test_hold_the_answer_of_every_question_once(self, domain: str) -> None:
        blueprint = support_blueprint(corpus=domain)
        documents = {d["id"]: d for d in map(json.loads, documents_jsonl(blueprint).splitlines())}
        questions = [json.loads(line) for line in evaluation_jsonl(blueprint).splitlines()]
        assert len(documents) <= 200
        answered = [q for q in questions if q["kind"] in ("answerable", "forbidden")]
        for question in answered:
            holding = [name for name, d in documents.items() if question["answer"] in d["text"]]
            assert holding == [question["document_id"]]
            readable = set(question["groups"]) & set(documents[question["document_id"]]["access"])
            assert bool(readable) == (question["kind"] == "answerable")
        kinds = {(q["kind"], q["split"]) for q in questions}
        assert len(kinds) == 8
        assert len({(q["kind"], q["question"]) for q in questions}) == len(questions)

    def test_are_chosen_by_the_words_of_the_brief(self) -> None:
        assert support_blueprint().corpus == "support"
        assert support_blueprint().task == "retrieval"

    def test_are_the_same_again_and_others_for_another_seed(self) -> None:
        first, second = support_blueprint(), support_blueprint(seed=8)
        assert documents_jsonl(first) == documents_jsonl(support_blueprint())
        assert documents_jsonl(first) != documents_jsonl(second)


class TestBlueprint:
    def test_tells_lengths_and_prices_of_tokens(self) -> None:
        blueprint: Blueprint = support_blueprint()
        assert blueprint.tokens is not None
        assert blueprint.tokens.passage > 0
        config = yaml.safe_load(rendered("hosted")["config/rag.yaml"])
        assert config["chunk"]["tokens"] == blueprint.tokens.passage
        assert config["cost"]["prompt_usd_million"] == blueprint.tokens.prompt_usd_million


class TestTwin:
    @pytest.mark.parametrize("kind", ["hosted", "batch"])
    def test_is_closed_pinned_and_mounts_what_is_there(self, kind: str) -> None:
        files = rendered(kind)
        services = yaml.safe_load(files["docker/compose.yaml"])["services"]
        built = {service["image"] for service in services.values() if "build" in service}
        for name, service in services.items():
            assert service["read_only"] is True, name
            assert service["cap_drop"] == ["ALL"], name
            assert not service["user"].startswith("0"), name
            assert all(port.startswith("127.0.0.1:") for port in service.get("ports", ())), name
            assert service["image"] in built or re.search(r":v?\d+\.\d+\.\d+$", service["image"]), name
            for volume in service.get("volumes", ()):
                source = os.path.normpath(f"docker/{volume.split(':')[0]}")
                assert any(path == source or path.startswith(f"{source}/") for path in files), source
            for other, wait in service.get("depends_on", {}).items():
                stays = "healthcheck" in services[other]
                assert wait["condition"] == ("service_healthy" if stays else "service_completed_successfully")

    def test_a_service_is_watched_and_a_batch_is_answered(self) -> None:
        online, batch = (
            set(yaml.safe_load(rendered(kind)["docker/compose.yaml"])["services"])
            for kind in ("hosted", "batch")
        )
        assert online - batch == {"serve", "prometheus", "grafana"}
        assert batch - online == {"answer"}

    def test_rules_and_dashboard_ask_for_what_the_service_has(self) -> None:
        files = rendered("hosted")
        code = files["src/help_desk/serve/telemetry.py"] + files["src/help_desk/monitoring/live.py"]
        registered = set(re.findall(r'(?:_counter|_histogram|Gauge)\(\s*"(\w+)"', code))
        rules = yaml.safe_load(files["monitoring/rules.yaml"])["groups"][0]["rules"]
        panels = json.loads(files["monitoring/dashboards/service.json"])["panels"]
        asked = [rule["expr"] for rule in rules] + [t["expr"] for panel in panels for t in panel["targets"]]
        recorded = {rule["record"] for rule in rules if "record" in rule}
        for expression in asked:
            plain = re.sub(r'\{[^}]*\}|\[[^\]]*\]|\b(?:by|without) \([^)]*\)|"[^"]*"', "", expression)
            names = set(re.findall(r"[a-z][\w:]{4,}", plain)) - recorded
            known = {re.sub(r"_(bucket|total|sum|count)$", "", name) for name in names}
            assert known - {"histogram_quantile", "increase", "avg_over_time"} <= registered, expression


class TestMonitoring:
    @pytest.mark.parametrize("kind", [*sorted(KINDS), "batch"])
    def test_alarms_watch_what_the_containers_write(self, kind: str) -> None:
        files = rendered(kind)
        alarms = yaml.safe_load(files["monitoring/alarms.yaml"])["alarms"]
        watched = [alarm["metric"] for alarm in alarms if "metric" in alarm]
        assert watched == ["DriftAlarm", "QualityAlarm"]
        assert all(f'"{name}"' in files["src/help_desk/monitoring/emf.py"] for name in watched)
        assert all(alarm["runbook"] in files for alarm in alarms)
        assert "questions.md" in files["infra/envs/prod/drift.tf"]

    @pytest.mark.parametrize(
        ("kind", "folders"),
        [("own machines", ["feedback", "interactions"]), ("hosted", ["feedback"]), ("batch", [])],
    )
    def test_what_is_kept_is_written_where_it_may_be_and_expires(self, kind: str, folders: list[str]) -> None:
        files = rendered(kind)
        assert (
            re.findall(r'"(feedback|interactions)/" +?= \d+\n', files["infra/envs/prod/main.tf"]) == folders
        )
        written = re.findall(r"\[for folder in \[(.+?)\] : ", files["infra/envs/prod/ml.tf"])
        assert written == ([", ".join(f'"{folder}"' for folder in folders)] if folders else [])
        given = "data.aws_iam_policy_document.keep_interactions.json" in files["infra/envs/prod/ml.tf"]
        assert given is bool(folders)
        assert ("POST /feedback" in files["docs/runbooks/questions.md"]) is bool(folders)

    @pytest.mark.parametrize(("serve", "heard"), [("sagemaker_endpoint", False), ("lambda_service", True)])
    def test_readers_are_heard_where_the_service_can_be_told(self, serve: str, heard: bool) -> None:
        bp = support_blueprint()
        changed = bp.components["serve"].model_copy(update={"option": serve})
        kept = kept_of(bp.model_copy(update={"components": {**bp.components, "serve": changed}}))
        assert list(kept) == ["feedback"] * heard

    def test_a_judge_may_stream_and_is_called_by_its_profile(self) -> None:
        files = rendered("own machines")
        for module in ("answer_evaluation", "service_guard"):
            assert "bedrock:InvokeModelWithResponseStream" in files[f"infra/modules/{module}/main.tf"]
        assert re.search(r'geography\s+= "eu"', files["infra/envs/prod/llm.tf"])

    def test_the_keys_of_the_cache_are_those_that_its_user_may_touch(self) -> None:
        files = rendered("in memory")
        (prefix,) = re.findall(r'_PREFIX = "passages", "(\w+:)"', files["src/help_desk/stores/valkey.py"])
        assert f"~{prefix}* " in files["infra/modules/valkey_vectors/main.tf"]
