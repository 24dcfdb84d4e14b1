"""Which machines of a design have GPUs."""

import re
from collections.abc import Mapping

_TYPE = re.compile(r"(ml\.)?[gp]\d")


def has_gpus(size: Mapping[str, object]) -> bool:
    """Whether the machines of a size have GPUs: their types begin with g or p."""
    return any(_TYPE.match(str(size.get(key, ""))) for key in ("instance_type", "node_type"))
