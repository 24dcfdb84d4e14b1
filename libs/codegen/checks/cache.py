"""Results that are known already: the same payload, the same check and the same tools give the same verdict."""

import asyncio
import time
from collections.abc import Callable

import structlog
from pydantic import ValidationError

from libs.codegen.models import CheckResult
from libs.core.errors import Unavailable
from libs.planning.policies.waivers import WaiverEntry
from libs.storage.port import BlobNotFound, BlobStore

_PREFIX = "checks"
_ALWAYS_RUN = frozenset({"no_network"})
"""Says something about this machine at this moment, which no earlier run can."""
_log = structlog.get_logger(__name__)


class ResultCache:
    """Verdicts in the object store, by payload, check and fingerprint of the tools.

    Only verdicts are kept: what was skipped may run tomorrow, and what came to no verdict may come to one.
    """

    def __init__(self, store: BlobStore, fingerprint: Callable[[tuple[WaiverEntry, ...]], str]) -> None:
        """
        Args:
            store: where results lie.
            fingerprint: changes with every tool, every line of the checks and the waivers that it is given; asked
                for once a run.
        """
        self._store = store
        self._fingerprint = fingerprint

    async def fingerprint(self, waivers: tuple[WaiverEntry, ...] = ()) -> str:
        """What results of this moment depend on beside the payload, with waivers of the design where it has some."""
        return await asyncio.to_thread(self._fingerprint, waivers)

    async def find(self, payload_sha256: str, check: str, fingerprint: str) -> CheckResult | None:
        """The kept result, marked as such; None if there is none. A store that is down is no reason to fail."""
        started = time.monotonic()
        try:
            text = await self._store.get(_key(payload_sha256, check, fingerprint))
            result = CheckResult.model_validate_json(text)
        except BlobNotFound:
            return None
        except (Unavailable, ValidationError) as error:
            _log.warning("kept result cannot be read", check=check, error=str(error))
            return None
        if (result.check, result.payload_sha256) != (check, payload_sha256):
            return None
        return result.model_copy(
            update={"cached": True, "seconds": time.monotonic() - started, "cpu_seconds": 0.0}
        )

    async def keep(self, result: CheckResult, fingerprint: str) -> None:
        """Keeps a verdict; others are left out."""
        if result.status == "skipped" or result.cached or result.check in _ALWAYS_RUN:
            return
        key = _key(result.payload_sha256, result.check, fingerprint)
        try:
            await self._store.put(key, result.model_dump_json().encode(), content_type="application/json")
        except Unavailable as error:
            _log.warning("result cannot be kept", check=result.check, error=str(error))


def _key(payload_sha256: str, check: str, fingerprint: str) -> str:
    return f"{_PREFIX}/{payload_sha256}/{check}/{fingerprint}.json"
