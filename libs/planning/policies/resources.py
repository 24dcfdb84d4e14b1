"""Tests that look at the resources of the generated Terraform."""

from collections.abc import Callable
from typing import Any

from libs.core.values import Json
from libs.core.wording import counted
from libs.planning.policies import rules
from libs.planning.policies.blocks import Blocks, reference, switched_on, values_at
from libs.planning.policies.resource_buckets import bucket_versions, companions, public_access_blocks
from libs.planning.policies.resource_rights import (
    administrators,
    power_users,
    wildcard_actions,
    wildcard_resources,
)
from libs.planning.policies.resource_traffic import egress, ingress
from libs.planning.policies.verdicts import Fault, Outcome, Skipped, Verdict, resource_fault

Check = Callable[[Blocks], tuple[list[Json], list[Fault]]]
"""Gives what was looked at and what is wrong with it."""

OLD_TLS = frozenset(
    {
        "ELBSecurityPolicy-2016-08",
        "ELBSecurityPolicy-2015-05",
        "ELBSecurityPolicy-TLS-1-0-2015-04",
        "ELBSecurityPolicy-TLS-1-1-2017-01",
    }
)
"""Policies that take TLS 1.0 or 1.1; the first is what AWS takes when none is named."""
SECRETS = ("password", "master_password", "master_user_password", "auth_token", "secret_string", "secret_key")
YEAR_DAYS = 365


def resource_verdict(blocks: Blocks | None, test: rules.Resource | rules.Terraform) -> Outcome:
    """What one test says of the Terraform part of the input."""
    if blocks is None:
        return Skipped("Terraform is not generated yet")
    if isinstance(test, rules.Resource):
        looked_at = [b for b in blocks.of(*test.types) if not b["attributes"].keys() & set(test.except_with)]
        faults = [resource_fault(block, test.words) for block in looked_at if not _fits(block, test)]
    else:
        looked_at, faults = CHECKS[test.check](blocks)
    if not looked_at and not faults:
        return Skipped("the Terraform has no resource of this kind")
    return Verdict(
        tuple(faults),
        f"{counted(len(looked_at), 'block')} looked at, first {looked_at[0]['address']}" if looked_at else "",
    )


def _fits(block: Json, test: rules.Resource) -> bool:
    values = list(values_at(block["attributes"], test.attribute)) or [test.default]
    return any(reference(value) or _as_asked(value, test) for value in values)


def _as_asked(value: Any, test: rules.Resource) -> bool:
    if value is None:
        return False
    if test.one_of and value not in test.one_of:
        return False
    if test.none_of and value in test.none_of:
        return False
    if test.at_least is not None:
        return isinstance(value, int | float) and not isinstance(value, bool) and value >= test.at_least
    return True


def _tags(blocks: Blocks) -> tuple[list[Json], list[Fault]]:
    bare = [p for p in blocks.providers if not any(values_at(p["attributes"], "default_tags.tags"))]
    return blocks.providers, [resource_fault(provider, "sets no default tags") for provider in bare]


def _listeners(blocks: Blocks) -> tuple[list[Json], list[Fault]]:
    listeners = blocks.of("aws_lb_listener", "aws_alb_listener")
    return listeners, [
        resource_fault(b, "takes connections below TLS 1.2") for b in listeners if _weak(b["attributes"])
    ]


def _weak(listener: Json) -> bool:
    if listener.get("protocol") in ("HTTPS", "TLS"):
        return listener.get("ssl_policy", "ELBSecurityPolicy-2016-08") in OLD_TLS
    return listener.get("protocol") == "HTTP" and "redirect" not in values_at(listener, "default_action.type")


def _trail(blocks: Blocks) -> tuple[list[Json], list[Fault]]:
    trails = blocks.of("aws_cloudtrail")
    keys = ("is_multi_region_trail", "enable_log_file_validation")
    words = "leaves out regions or cannot prove its files unaltered"
    faults = [
        resource_fault(t, words)
        for t in trails
        if not all(switched_on(t["attributes"].get(key)) for key in keys)
    ]
    return trails, faults if trails else [Fault("there is no aws_cloudtrail")]


def _trail_data(blocks: Blocks) -> tuple[list[Json], list[Fault]]:
    trails = blocks.of("aws_cloudtrail")
    blind = [
        t
        for t in trails
        if not any(values_at(t["attributes"], "event_selector.data_resource"))
        and not t["attributes"].get("advanced_event_selector")
    ]
    return trails, [resource_fault(trail, "records no access to data") for trail in blind]


def _trail_retention(blocks: Blocks) -> tuple[list[Json], list[Fault]]:
    trails = blocks.of("aws_cloudtrail")
    groups = [
        group
        for group in blocks.of("aws_cloudwatch_log_group")
        for trail in trails
        if trail["module"] == group["module"]
        and f"aws_cloudwatch_log_group.{group['name']}."
        in str(trail["attributes"].get("cloud_watch_logs_group_arn"))
    ]
    short = [g for g in groups if not _kept_a_year(g["attributes"].get("retention_in_days", 0))]
    return groups, [resource_fault(g, "keeps the audit trail for less than 365 days") for g in short]


def _kept_a_year(days: Any) -> bool:
    """AWS takes 0 for keeping without an end."""
    return reference(days) or (isinstance(days, int | float) and (days == 0 or days >= YEAR_DAYS))


def _budget(blocks: Blocks) -> tuple[list[Json], list[Fault]]:
    budgets = blocks.of("aws_budgets_budget")
    return budgets, [] if budgets else [Fault("there is no aws_budgets_budget")]


def _written_secrets(blocks: Blocks) -> tuple[list[Json], list[Fault]]:
    faults = [
        resource_fault(block, f"has a written {key}")
        for block in blocks.resources
        for key in SECRETS
        for value in [block["attributes"].get(key)]
        if isinstance(value, str) and value and not reference(value)
    ]
    return blocks.resources, faults


def _bucket(type_: str, words: str) -> Check:
    return lambda blocks: companions(blocks, type_, words)


CHECKS: dict[rules.ResourceCheck, Check] = {
    "public_access_blocks": public_access_blocks,
    "bucket_encryption": _bucket(
        "aws_s3_bucket_server_side_encryption_configuration", "states no encryption"
    ),
    "bucket_versions": bucket_versions,
    "bucket_policies": _bucket("aws_s3_bucket_policy", "has no policy that refuses plain HTTP"),
    "bucket_expiry": _bucket(
        "aws_s3_bucket_lifecycle_configuration", "has no lifecycle: nothing is ever deleted"
    ),
    "ingress": ingress,
    "egress": lambda blocks: egress(blocks, https_too=False),
    "any_egress": lambda blocks: egress(blocks, https_too=True),
    "wildcard_actions": wildcard_actions,
    "wildcard_resources": wildcard_resources,
    "administrators": administrators,
    "power_users": power_users,
    "tags": _tags,
    "listeners": _listeners,
    "trail": _trail,
    "trail_data": _trail_data,
    "trail_retention": _trail_retention,
    "budget": _budget,
    "written_secrets": _written_secrets,
}
