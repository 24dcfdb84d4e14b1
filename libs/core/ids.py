"""Identifiers: a prefix that says what it is, then a UUIDv7, so that ids sort by time of creation."""

import uuid_utils


def new_id(prefix: str) -> str:
    """A fresh id such as `run_0199a3…` (prefix, underscore, 32 hexadecimal digits)."""
    return f"{prefix}_{uuid_utils.uuid7().hex}"
