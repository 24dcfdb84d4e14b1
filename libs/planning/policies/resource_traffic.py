"""What the security groups of the generated Terraform let in and out."""

from libs.core.values import Json
from libs.planning.policies.blocks import Blocks, entries, switched_on
from libs.planning.policies.verdicts import Fault, resource_fault

Looked = tuple[list[Json], list[Fault]]

INTERNET = frozenset({"0.0.0.0/0", "::/0"})


def _traffic(blocks: Blocks, way: str) -> list[tuple[Json, Json]]:
    """Rules of security groups in one direction, with the resource that states them."""
    found = [(block, block["attributes"]) for block in blocks.of(f"aws_vpc_security_group_{way}_rule")]
    found += [
        (block, block["attributes"])
        for block in blocks.of("aws_security_group_rule")
        if block["attributes"].get("type") == way
    ]
    found += [
        (block, rule)
        for block in blocks.of("aws_security_group", "aws_default_security_group")
        for rule in entries(block["attributes"].get(way))
        if isinstance(rule, dict)
    ]
    return found


def _wide(rule: Json) -> bool:
    keys = ("cidr_ipv4", "cidr_ipv6", "cidr_blocks", "ipv6_cidr_blocks")
    return any(cidr in INTERNET for key in keys for cidr in entries(rule.get(key)))


def _https(rule: Json) -> bool:
    return rule.get("from_port") == 443 and rule.get("to_port") == 443


def ingress(blocks: Blocks) -> Looked:
    """Ways in from the whole Internet, but for HTTPS to a public load balancer."""
    public = any(not switched_on(b["attributes"].get("internal")) for b in blocks.of("aws_lb", "aws_alb"))
    rules_in = _traffic(blocks, "ingress")
    open_ = [block for block, rule in rules_in if _wide(rule) and not (public and _https(rule))]
    return [b for b, _ in rules_in], [resource_fault(b, "lets the whole Internet in") for b in open_]


def egress(blocks: Blocks, https_too: bool) -> Looked:
    """Ways out to the whole Internet."""
    rules_out = _traffic(blocks, "egress")
    open_ = [block for block, rule in rules_out if _wide(rule) and (https_too or not _https(rule))]
    return [b for b, _ in rules_out], [
        resource_fault(b, "opens a way out to the whole Internet") for b in open_
    ]
