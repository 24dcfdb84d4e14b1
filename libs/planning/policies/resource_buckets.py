"""Buckets of the generated Terraform and the resources that must stand beside each of them."""

import re

from libs.core.values import Json
from libs.planning.policies.blocks import Blocks, switched_on, values_at
from libs.planning.policies.verdicts import Fault, resource_fault

Looked = tuple[list[Json], list[Fault]]

_BUCKET = re.compile(r"\baws_s3_bucket\.([\w-]+)")


def companions(blocks: Blocks, type_: str, words: str) -> Looked:
    """Buckets that no resource of the type names."""
    named = {(block["module"], _bucket_of(block["attributes"])) for block in blocks.of(type_)}
    buckets = blocks.of("aws_s3_bucket")
    bare = [bucket for bucket in buckets if (bucket["module"], bucket["name"]) not in named]
    return buckets, [resource_fault(bucket, words) for bucket in bare]


def _bucket_of(attributes: Json) -> str:
    """Name of the bucket resource that a companion belongs to, straight or through its `for_each`."""
    for key in ("bucket", "for_each"):
        match = _BUCKET.search(str(attributes.get(key, "")))
        if match:
            return match[1]
    return ""


def public_access_blocks(blocks: Blocks) -> Looked:
    """Buckets that can be published."""
    type_ = "aws_s3_bucket_public_access_block"
    buckets, faults = companions(blocks, type_, "has no public access block")
    keys = ("block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets")
    faults += [
        resource_fault(block, "leaves a way to publish the bucket")
        for block in blocks.of(type_)
        if not all(switched_on(block["attributes"].get(key)) for key in keys)
    ]
    return buckets, faults


def bucket_versions(blocks: Blocks) -> Looked:
    """Buckets that keep no versions."""
    buckets, faults = companions(blocks, "aws_s3_bucket_versioning", "keeps no versions")
    faults += [
        resource_fault(block, "switches versions off")
        for block in blocks.of("aws_s3_bucket_versioning")
        if any(
            status in ("Disabled", "Suspended")
            for status in values_at(block["attributes"], "versioning_configuration.status")
        )
    ]
    return buckets, faults
