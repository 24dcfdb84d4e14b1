"""A plan document that meets every rule, and ways to spoil it."""

import copy
from datetime import date
from typing import Any

from libs.planning.catalogue.facts import Facts
from libs.planning.models import PolicyResult
from libs.planning.policies.judging import judge
from libs.planning.policies.packs import load_packs

AS_OF = date(2026, 11, 21)
REGIMES = ["PCI-DSS", "HIPAA", "GDPR", "SOC2", "LAW25"]
UNWANTED = (
    "public_endpoint",
    "internet_egress",
    "data_leaves_account",
    "data_leaves_region",
    "trains_on_inputs",
)
SLOTS = [
    *(
        "ingest",
        "store",
        "process",
        "features",
        "orchestrate",
        "train",
        "registry",
        "serve",
        "observe",
        "cicd",
    ),
    *("network", "security", "llm", "vector_store", "embeddings", "guardrails", "evaluation"),
]
FILES = ("docs/data_card.md", "docs/model_card.md", "docs/threat_model.md", "docs/runbooks/incident.md")

Document = dict[str, Any]


def good_facts() -> dict[str, Any]:
    """Every fact as policies like it."""
    facts = {name: field.annotation is bool for name, field in Facts.model_fields.items()}
    return Facts.model_validate({**facts, **dict.fromkeys(UNWANTED, False), "compliance": REGIMES}).to_json()


def good_plan() -> Document:
    """A language model on restricted data in Canada under every regime; each rule but one passes on it."""
    return {
        "requirements": {
            "archetype": "online_api",
            "ml_task": "llm_rag",
            "compliance": REGIMES,
            "data_classification": "restricted",
            "region": "ca-central-1",
            "budget_usd_month": 1000.0,
            "explainability": "per_prediction",
        },
        "components": [
            {
                "slot": slot,
                "option": f"option_{slot}",
                "title": f"The {slot} service",
                "facts": good_facts(),
                "size": {"retention_days": 400} if slot == "store" else {},
            }
            for slot in SLOTS
        ],
        "cost": {"expected_usd": 500.0, "unknown_lines": 0, "lines": []},
        "latency": {"conservative_p95_ms": 50.0, "target_ms": 100.0},
        "availability": {"expected_pct": 99.95, "target_pct": 99.9, "single_points": []},
    }


def judged(plan: Document, rule: str, **more: Any) -> list[PolicyResult]:
    """The results of one rule of the shipped packs."""
    return [r for r in judge(plan, load_packs().packs, as_of=AS_OF, **more) if r.rule == rule]


def with_fact(plan: Document, slots: tuple[str, ...], fact: str, value: Any) -> Document:
    """The plan with one fact of some slots changed."""
    changed = copy.deepcopy(plan)
    for component in changed["components"]:
        if component["slot"] in slots:
            component["facts"][fact] = value
    return changed


def with_value(plan: Document, place: str, value: Any) -> Document:
    """The plan with one figure changed."""
    changed = copy.deepcopy(plan)
    part, key = place.split(".")
    changed[part][key] = value
    return changed
