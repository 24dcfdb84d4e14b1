"""Workflows, compose files and the data contract have the shape that their readers expect."""

import asyncio
import json
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from typing import NamedTuple

from libs.codegen import schemas
from libs.codegen.checks.calling import call
from libs.codegen.checks.check import Tree, agreeing, not_installed, relative
from libs.codegen.checks.together import together
from libs.codegen.checks.tools import ToolPaths
from libs.codegen.models import CheckFinding, CheckResult
from libs.core.wording import counted
from libs.sandbox.port import Mount, Outcome, Sandbox

_OURS = Path(schemas.__file__).parent
_SHOWN = "/work/schemas"
_SCHEMAS = Mount(source=_OURS, target=_SHOWN)


class Kind(NamedTuple):
    """Files of one kind and the schema they must fit."""

    name: str
    patterns: tuple[str, ...]
    arguments: tuple[str, ...]


KINDS: tuple[Kind, ...] = (
    Kind(
        "GitHub workflows",
        (".github/workflows/*.yml", ".github/workflows/*.yaml"),
        ("--builtin-schema", "vendor.github-workflows"),
    ),
    Kind(
        "GitLab CI",
        (".gitlab-ci.yml",),
        ("--builtin-schema", "vendor.gitlab-ci", "--data-transform", "gitlab-ci"),
    ),
    Kind(
        "Bitbucket Pipelines",
        ("bitbucket-pipelines.yml",),
        ("--builtin-schema", "vendor.bitbucket-pipelines"),
    ),
    Kind("CircleCI", (".circleci/config.yml",), ("--builtin-schema", "vendor.circle-ci")),
    Kind(
        "compose files",
        ("compose.y*ml", "*/compose.y*ml", "*docker-compose*.y*ml"),
        ("--builtin-schema", "vendor.compose-spec"),
    ),
    Kind("data contract", ("data/schema.json",), ("--schemafile", f"{_SHOWN}/data_contract.schema.json")),
    Kind("pipeline", ("pipeline.json",), ("--schemafile", f"{_SHOWN}/pipeline.schema.json")),
)


class JsonSchemaCheck:
    """`check-jsonschema` with the schemas that it brings along, and with ours; nothing is downloaded."""

    name = "jsonschema"

    def __init__(self, sandbox: Sandbox, tools: ToolPaths) -> None:
        self._sandbox = sandbox
        self._tools = tools

    async def run(self, tree: Tree) -> CheckResult:
        tool = self._tools.script("check-jsonschema")
        if tool is None:
            return tree.result(self.name, "skipped", not_installed("check-jsonschema"))
        files = await asyncio.to_thread(tree.files)
        asked = [(kind, found) for kind in KINDS if (found := _of_kind(files, kind))]
        if not asked:
            return tree.result(self.name, "skipped", "There is no file of a kind that has a schema.")
        version = await call(self._sandbox, tree, tool, "--version")
        outcomes = await together(
            call(self._sandbox, tree, tool, "-o", "json", *kind.arguments, *found, mounts=[_SCHEMAS])
            for kind, found in asked
        )
        findings = [
            finding
            for (kind, _), outcome in zip(asked, outcomes, strict=True)
            for finding in agreeing(
                list(_findings(kind, outcome)), outcome, f"check-jsonschema on {kind.name}"
            )
        ]
        looked_at = ", ".join(f"{len(found)} {kind.name}" for kind, found in asked)
        return tree.result(
            self.name,
            "fail" if findings else "pass",
            f"{counted(len(findings), 'place')} does not fit its schema."
            if findings
            else f"Fit their schemas: {looked_at}.",
            findings=findings,
            tool_version=version.stdout.decode().rpartition(" ")[2].strip(),
            outcomes=[version, *outcomes],
        )


def _of_kind(files: list[str], kind: Kind) -> list[str]:
    return [path for path in files if any(fnmatchcase(path, pattern) for pattern in kind.patterns)]


def _findings(kind: Kind, outcome: Outcome) -> Iterator[CheckFinding]:
    report = json.loads(outcome.stdout)
    for item in report.get("errors", []):
        yield _finding(kind, item["filename"], f"{item['path']}: {item['message']}")
    for item in report.get("parse_errors", []):
        yield _finding(kind, item["filename"], "The file cannot be parsed.")


def _finding(kind: Kind, path: str, message: str) -> CheckFinding:
    return CheckFinding(
        check_id=f"jsonschema.{kind.name.replace(' ', '-').lower()}",
        severity="high",
        path=relative(path),
        line=None,
        message=message,
    )
