"""Ways to look at Terraform blocks: by type, by attribute path, and by what is only known when it is applied."""

from collections.abc import Iterator, Sequence
from typing import Any

from libs.core.values import Json


class Blocks:
    """The Terraform part of the input, indexed by type."""

    def __init__(self, terraform: Json) -> None:
        self.resources: list[Json] = list(terraform["resources"])
        self.documents: list[Json] = [
            block for block in terraform.get("data", ()) if block["type"] == "aws_iam_policy_document"
        ]
        self.providers: list[Json] = [
            {**block, "address": f"{block['module']}/provider.aws"}
            for block in terraform.get("providers", ())
            if block["name"] == "aws"
        ]
        self._by_type: dict[str, list[Json]] = {}
        for block in self.resources:
            self._by_type.setdefault(block["type"], []).append(block)

    def of(self, *types: str) -> list[Json]:
        """The resources of these types."""
        return [block for type_ in types for block in self._by_type.get(type_, ())]


def reference(value: Any) -> bool:
    """Whether a value is worked out when Terraform runs."""
    return isinstance(value, str) and "${" in value


def switched_on(value: Any) -> bool:
    """True, or decided when Terraform runs."""
    return value is True or reference(value)


def entries(value: Any) -> Sequence[Any]:
    """A value that may be one or several."""
    if value is None:
        return ()
    return value if isinstance(value, list) else (value,)


def values_at(body: Any, path: str) -> Iterator[Any]:
    """Every value at a path with dots; blocks that are repeated give one each."""
    head, _, rest = path.partition(".")
    for item in entries(body):
        if isinstance(item, dict) and head in item:
            if rest:
                yield from values_at(item[head], rest)
            else:
                yield item[head]
