"""What goes beside the payload as `reports/`: proof, cost, policies, rationale, materials, manifest."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from libs.codegen import report_pages as pages
from libs.codegen.errors import ForeignResult
from libs.codegen.matrix import requirements_matrix
from libs.codegen.models import Blueprint, CheckResult, RenderedFile
from libs.codegen.sbom import cyclonedx
from libs.core.values import sha256_hex
from libs.events.models import ReasonCard
from libs.planning.models import CostEstimate, Plan, PolicyResult


def build_reports(
    bp: Blueprint,
    plan: Plan,
    *,
    cost: CostEstimate,
    policies: Sequence[PolicyResult],
    results: Sequence[CheckResult],
    cards: Sequence[ReasonCard],
    files: Sequence[RenderedFile],
    payload_sha256: str,
    generated_at: datetime,
    previous_cost: CostEstimate | None = None,
) -> tuple[RenderedFile, ...]:
    """The files of `reports/`, sorted by path; the only place with a clock and durations.

    Args:
        bp: the answers the payload was rendered from.
        plan: the approved plan.
        cost: its bill.
        policies: what the rules said about the plan.
        results: what the checks said about the payload.
        cards: the reason cards of the run, in the order they came.
        files: the payload.
        payload_sha256: its hash; every result must be bound to it.
        generated_at: when the reports are written.
        previous_cost: the bill of the version before.

    Raises:
        ForeignResult: a check result belongs to another payload.
    """
    for result in results:
        if result.payload_sha256 != payload_sha256:
            raise ForeignResult(check=result.check, expected=payload_sha256, found=result.payload_sha256)
    matrix = requirements_matrix(bp, files, results, plan=plan, policies=policies)
    head = {"payload_sha256": payload_sha256, "generated_at": generated_at.isoformat()}
    texts = {
        "checks.json": _json({**head, "checks": [result.to_json() for result in results]}),
        "checks.md": pages.checks_page(results, payload_sha256),
        "matrix.json": _json({**head, **matrix.to_json()}),
        "matrix.md": pages.matrix_page(matrix),
        "cost.json": _json({**head, **cost.to_json()}),
        "cost.md": pages.cost_page(cost, previous_cost),
        "policy.json": _json({**head, "policies": [policy.to_json() for policy in policies]}),
        "policy.md": pages.policy_page(policies),
        "rationale.md": pages.rationale_page(bp, plan, cards),
        "sbom.cdx.json": _json(cyclonedx(bp, files)),
        "summary.md": pages.summary_page(bp, plan, results, matrix, payload_sha256),
        "MANIFEST.sha256": manifest_text(files),
    }
    return tuple(RenderedFile(path=f"reports/{name}", content=texts[name].encode()) for name in sorted(texts))


def manifest_text(files: Sequence[RenderedFile]) -> str:
    """A line for each file of the payload, as `sha256sum -c` reads them from the root of the tree."""
    ordered = sorted(files, key=lambda file: file.path)
    return "".join(f"{sha256_hex(file.content)}  {file.path}\n" for file in ordered)


def _json(value: Any) -> str:
    return json.dumps(value, indent=2, sort_keys=True, ensure_ascii=False, allow_nan=False) + "\n"
