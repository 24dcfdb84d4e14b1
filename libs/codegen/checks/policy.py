"""Our policy packs on the generated Terraform and files: the same rules that judged the plan, on what came of it."""

import asyncio
import json
import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path

import libs
from libs.codegen.answers import ANSWERS_PATH, read_answers
from libs.codegen.checks.check import REPOSITORY, Tree, ended, verdict
from libs.codegen.checks.checkov_severities import Severity
from libs.codegen.checks.hcl import JSON_SUFFIX, not_looked_at
from libs.codegen.checks.tools import ToolPaths, python_mounts
from libs.codegen.errors import AnswersUnreadable
from libs.codegen.models import CheckFinding, CheckResult
from libs.core.values import Json
from libs.planning.models import PolicyResult
from libs.planning.policies import rules
from libs.planning.policies.judging import judge
from libs.planning.policies.packs import Policies
from libs.planning.policies.rules import Pack
from libs.planning.policies.waivers import told
from libs.sandbox.port import Command, Limits, Mount, Sandbox

_LIMITS = Limits(wall_s=90, cpu_s=90, memory_mb=1024, output_bytes=32_000_000)
_PAYLOAD = Path(__file__).with_name("policy_payload.py")
_PRODUCT = "/work/product"
_ON_FILES = (rules.Resource, rules.Terraform, rules.FileExists)
_SEVERITIES: dict[str, Severity] = {"fail": "high", "warn": "medium"}
_ACCEPTED = re.compile(r"^\s*#\s*policy:accept=(?P<rule>[\w.]+):(?P<reason>\S.*)$")


class PolicyCheck:
    """A broken rule fails or warns as its pack says; a waiver or a reason in the file is kept beside it."""

    name = "policy"

    def __init__(
        self, sandbox: Sandbox, tools: ToolPaths, policies: Policies, today: Callable[[], date] = date.today
    ) -> None:
        """
        Args:
            sandbox: where the Terraform is parsed.
            tools: where python-hcl2 is.
            policies: packs and waivers in force.
            today: the day on which waivers are looked at.
        """
        self._sandbox = sandbox
        self._python = tools.product_python
        self._policies = policies
        self._today = today

    async def run(self, tree: Tree) -> CheckResult:
        files = await asyncio.to_thread(tree.files)
        configurations = [path for path in files if path.endswith(".tf")]
        unread = not_looked_at(self.name, [path for path in files if path.endswith(JSON_SUFFIX)])
        mounts = python_mounts(self._python)
        if mounts is None:
            return tree.result(self.name, "skipped", f"{self._python} is no interpreter; run `make install`.")
        if not configurations and unread:
            return tree.result(
                self.name, "fail", "All Terraform of this repository is JSON.", findings=unread
            )
        if not configurations:
            return tree.result(self.name, "skipped", "There is no Terraform file in this repository.")
        try:
            needs = await asyncio.to_thread(_needs, tree)
        except AnswersUnreadable as error:
            return tree.result(self.name, "fail", error.message)
        outcome = await self._sandbox.run(
            Command(
                argv=(
                    str(self._python),
                    "-I",
                    "-c",
                    _PAYLOAD.read_text(encoding="utf-8"),
                    REPOSITORY,
                    _PRODUCT,
                ),
                cwd=REPOSITORY,
                mounts=(*mounts, tree.mount(), Mount(source=_product(), target=f"{_PRODUCT}/libs")),
                limits=_LIMITS,
                stdin=json.dumps(configurations).encode(),
            )
        )
        read = json.loads(ended(outcome, "the Terraform reader", codes=(0,)).stdout)
        if read["problem"]:
            return tree.result(self.name, "fail", read["problem"], findings=unread, outcomes=[outcome])
        policies = self._policies._replace(waivers=self._policies.waivers + tree.waivers)
        results, findings = await asyncio.to_thread(
            judged, tree.path, files, read["terraform"], needs, policies, self._today()
        )
        findings += unread
        return tree.result(
            self.name,
            verdict(findings),
            _reason(results, findings, needs),
            findings=findings,
            tool_version=f"{len(self._policies.packs)} packs",
            outcomes=[outcome],
        )


def judged(
    root: Path, files: Sequence[str], terraform: Json, needs: Json, policies: Policies, today: date
) -> tuple[tuple[PolicyResult, ...], list[CheckFinding]]:
    """What the rules say of Terraform and files, and what of it is a finding.

    Args:
        root: of the tree.
        files: every path in it.
        terraform: its blocks, as `terraform_input` reads them.
        needs: regimes, data class, archetype and task, as far as they are recorded.
        policies: packs and waivers in force.
        today: the day on which waivers are looked at.
    """
    results = judge(
        {"requirements": needs},
        packs_on_files(policies.packs),
        as_of=today,
        terraform=terraform,
        repository=files,
        waivers=policies.waivers,
    )
    blocks = terraform["resources"]
    accepted = {
        file: _accepted(root / file, [block["line"] for block in blocks if block["file"] == file])
        for file in {block["file"] for block in blocks}
    }
    return results, [_finding(result, accepted) for result in results if result.outcome in _SEVERITIES]


def packs_on_files(packs: Iterable[Pack]) -> tuple[Pack, ...]:
    """The packs with those rules alone that look at Terraform or at files."""
    return tuple(
        pack.model_copy(
            update={"rules": tuple(rule for rule in pack.rules if isinstance(rule.test, _ON_FILES))}
        )
        for pack in packs
    )


def _product() -> Path:
    return Path(str(libs.__file__)).parent


def _needs(tree: Tree) -> Json:
    """What decides which packs and rules apply; without recorded answers, those that always do."""
    answers = tree.path / ANSWERS_PATH
    if not answers.is_file():
        return {"compliance": []}
    bp = read_answers(answers.read_text(encoding="utf-8"))
    return bp.model_dump(mode="json", include={"compliance", "data_classification", "archetype", "ml_task"})


def _reason(results: Sequence[PolicyResult], findings: Sequence[CheckFinding], needs: Json) -> str:
    states = [result.outcome for result in results]
    asked = ", ".join(needs["compliance"]) or "no regime"
    known = "" if "archetype" in needs else f"; there is no {ANSWERS_PATH} that names the regimes"
    return (
        f"{states.count('pass')} rules on files hold ({asked}{known}); open: {sum(not f.suppressed for f in findings)},"
        f" accepted with a reason: {sum(f.suppressed for f in findings)}."
    )


def _finding(result: PolicyResult, accepted: dict[str, dict[tuple[int, str], str]]) -> CheckFinding:
    reason = accepted.get(result.file, {}).get((result.line or 0, result.rule), "")
    if result.waiver is not None:
        reason = told(result.waiver)
    elif result.severity == "fail":
        # Whoever can change the file must not be able to switch off a rule that blocks.
        reason = ""
    return CheckFinding(
        check_id=result.rule,
        severity=_SEVERITIES[result.severity],
        path=result.file,
        line=result.line,
        message=f"{result.message} {result.evidence}. {result.fix} ({result.control})".strip(),
        suppressed=bool(reason),
        reason=reason,
    )


def _accepted(file: Path, heads: list[int]) -> dict[tuple[int, str], str]:
    """Line of a block's head and rule, to the reason that the block gives in a comment inside of it."""
    found: dict[tuple[int, str], str] = {}
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        if match := _ACCEPTED.match(line):
            head = max((h for h in heads if h <= number), default=0)
            found[head, match["rule"]] = match["reason"].rstrip()
    return found
