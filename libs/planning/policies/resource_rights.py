"""Rights that the generated Terraform gives: wildcards and broad managed policies."""

import re

from libs.core.values import Json
from libs.planning.policies.blocks import Blocks, entries
from libs.planning.policies.verdicts import Fault, resource_fault

Looked = tuple[list[Json], list[Fault]]

_INLINE = ("aws_iam_policy", "aws_iam_role_policy", "aws_iam_user_policy", "aws_iam_group_policy")
_ATTACHMENTS = (
    "aws_iam_role_policy_attachment",
    "aws_iam_user_policy_attachment",
    "aws_iam_group_policy_attachment",
)
_EVERY_ACTION = re.compile(r'\bAction"?\s*[=:]\s*(\[[^\]]*)?"([a-z0-9-]+:)?\*"')
_DENIES = re.compile(r'\bEffect"?\s*[=:]\s*"Deny"')
WITHOUT_RESOURCE = frozenset(
    [
        "aps:ListWorkspaces",
        "cloudwatch:DescribeAlarms",
        "cloudwatch:GetMetricData",
        "cloudwatch:ListMetrics",
        "cloudwatch:PutMetricData",
        "ecr:GetAuthorizationToken",
        "xray:PutTraceSegments",
        "xray:PutTelemetryRecords",
        "xray:GetSamplingRules",
        "xray:GetSamplingTargets",
        "ec2:DescribeNetworkInterfaces",
        "ec2:DescribeSubnets",
        "ec2:DescribeVpcs",
        "ec2:DescribeSecurityGroups",
        "ec2:DescribeDhcpOptions",
        "ec2:DescribeVpcEndpoints",
        "ec2:DescribeRouteTables",
        "ec2:CreateNetworkInterface",
        "ec2:DeleteNetworkInterface",
        "ec2:CreateNetworkInterfacePermission",
        "ec2:DeleteNetworkInterfacePermission",
        "ec2:AssignPrivateIpAddresses",
        "ec2:UnassignPrivateIpAddresses",
        "logs:CreateLogDelivery",
        "logs:GetLogDelivery",
        "logs:UpdateLogDelivery",
        "logs:DeleteLogDelivery",
        "logs:ListLogDeliveries",
        "logs:PutResourcePolicy",
        "logs:DescribeResourcePolicies",
        "logs:DescribeLogGroups",
        "ecs:DescribeTaskDefinition",
        "ecs:DescribeTasks",
        "ecs:ListClusters",
        "ecs:ListServices",
        "ecs:RegisterTaskDefinition",
        "ecs:DeregisterTaskDefinition",
        "elasticloadbalancing:DescribeLoadBalancers",
        "elasticloadbalancing:DescribeTags",
        "kinesis:ListStreams",
        "s3:GetAccountPublicAccessBlock",
        "tag:GetResources",
        "tag:GetTagKeys",
        "tag:GetTagValues",
        "batch:DescribeJobs",
        "batch:ListJobs",
        "batch:TerminateJob",
        "sagemaker:ListTags",
        "sagemaker:AddTags",
        "states:ValidateStateMachineDefinition",
    ]
)
"""Actions for which AWS takes no resource, whose resource has no name before the call, or which leave something out for
who may not ask about all (`DescribeAlarms`: composite alarms). Source: AWS Service Authorization Reference."""


def wildcard_actions(blocks: Blocks) -> Looked:
    """Rights to every action of a service."""
    faults = [
        resource_fault(document, f"allows {action}")
        for document, statement in _grants(blocks)
        for action in entries(statement.get("actions"))
        if action == "*" or str(action).endswith(":*")
    ]
    inline = blocks.of(*_INLINE)
    faults += [
        resource_fault(block, "allows every action of a service")
        for block in inline
        for policy in [str(block["attributes"].get("policy", ""))]
        if _EVERY_ACTION.search(policy) and not _DENIES.search(policy)
    ]
    return blocks.documents + inline, faults


def wildcard_resources(blocks: Blocks) -> Looked:
    """Rights to every resource without a condition, where AWS would take a name."""
    faults = [
        resource_fault(document, f"allows {action} on every resource")
        for document, statement in _grants(blocks)
        if "*" in entries(statement.get("resources")) and not statement.get("condition")
        for action in entries(statement.get("actions"))
        if action not in WITHOUT_RESOURCE
    ]
    return blocks.documents, faults


def administrators(blocks: Blocks) -> Looked:
    """Roles that may do everything."""
    return _attached(blocks, "AdministratorAccess")


def power_users(blocks: Blocks) -> Looked:
    """Roles that may do everything but manage access."""
    return _attached(blocks, "PowerUserAccess")


def _attached(blocks: Blocks, policy: str) -> Looked:
    attachments = blocks.of(*_ATTACHMENTS)
    broad = [b for b in attachments if str(b["attributes"].get("policy_arn", "")).endswith(f"/{policy}")]
    return attachments, [resource_fault(block, f"attaches {policy}") for block in broad]


def _grants(blocks: Blocks) -> list[tuple[Json, Json]]:
    """Statements that give rights: denials do not, and what names principals is the policy of a resource."""
    return [
        (document, statement)
        for document in blocks.documents
        for statement in entries(document["attributes"].get("statement"))
        if statement.get("effect", "Allow") == "Allow" and not statement.get("principals")
    ]
