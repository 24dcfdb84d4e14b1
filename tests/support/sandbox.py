"""The real sandbox for tests; where the machine cannot isolate, tests skip, or fail under CI."""

import os

import pytest

from libs.sandbox.adapters.bubblewrap import BubblewrapSandbox

_sandbox = BubblewrapSandbox()


async def isolating_sandbox() -> BubblewrapSandbox:
    """A bubblewrap sandbox whose probe passed, the same for every test of this process."""
    probe = await _sandbox.probe()
    if not probe.isolated:
        if os.environ.get("CI") == "true":
            pytest.fail(f"no sandbox: {probe.detail}")
        pytest.skip(f"no sandbox: {probe.detail}")
    return _sandbox
