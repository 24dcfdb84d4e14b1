"""Use cases of datasets: taking a file in, listing, and what a design needs to know about a target."""

import asyncio
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from libs.accounts.audit import AuditLog
from libs.accounts.rights import require
from libs.core.clock import Clock
from libs.core.ids import new_id
from libs.core.principal import Principal
from libs.core.values import canonical_json, digest, sha256_hex
from libs.datasets import repository, targets
from libs.datasets.errors import DatasetNotFound
from libs.datasets.models import Dataset, DatasetChoice, DatasetProfile, DatasetView, TableTask
from libs.datasets.profiling import SandboxProfiler
from libs.db.engine import Database
from libs.db.session import AnySession, WriteSession
from libs.storage.port import BlobNotFound, BlobStore

_NAME_CHARACTERS = 200
_RULES = 2
"""Raised when the profiler finds more personal data than before, so that no view of earlier rules is used."""


@dataclass(frozen=True)
class Upload:
    """A file that was received completely, and its digest."""

    path: Path
    name: str
    sha256: str
    bytes: int


class DatasetService:
    """Datasets of an organisation. Examining a file takes seconds, so these methods open their own transactions."""

    def __init__(
        self, db: Database, blobs: BlobStore, profiler: SandboxProfiler, clock: Clock, audit: AuditLog
    ) -> None:
        self._db = db
        self._blobs = blobs
        self._profiler = profiler
        self._clock = clock
        self._audit = audit

    async def add(self, principal: Principal, upload: Upload) -> Dataset:
        """Examines and keeps a file; the same bytes again give the same dataset.

        Raises:
            DatasetRefused, ProfilingFailed: the file is no usable table; nothing is kept.
            Forbidden: the principal may not edit.
            SandboxUnavailable: files cannot be examined on this machine.
        """
        require(principal, "editor")
        organisation = principal.organisation_id
        async with self._db.read() as session:
            known = await repository.find_by_content(session, organisation, upload.sha256)
        if known is not None:
            return known
        profile = _profile(await self._profiler.run(upload.path, {}))
        content = await asyncio.to_thread(upload.path.read_bytes)
        await self._blobs.put(content_key(organisation, upload.sha256), content)
        stored = canonical_json(profile)
        profile_key = derived_key(organisation, upload.sha256, f"profile-{sha256_hex(stored)[:16]}")
        await self._blobs.put(profile_key, stored, content_type="application/json")
        dataset = Dataset(
            id=new_id("dat"),
            organisation_id=organisation,
            name=plain_name(upload.name, profile.source.format),
            format=profile.source.format,
            sha256=upload.sha256,
            bytes=upload.bytes,
            rows=profile.source.rows,
            columns=len(profile.columns),
            profile_key=profile_key,
            created_by=principal.actor,
            created_at=self._clock.now(),
        )
        async with self._db.write() as session:
            kept = await repository.ensure(session, dataset)
            if kept.id == dataset.id:
                facts = {"name": kept.name, "sha256": kept.sha256, "bytes": kept.bytes}
                await self._audit.record(session, principal, "dataset.create", kept.id, facts)
        return kept

    async def get(self, session: AnySession, principal: Principal, dataset_id: str) -> Dataset:
        """The dataset, or DatasetNotFound (also for another organisation's)."""
        found = await repository.find(session, principal.organisation_id, dataset_id)
        if found is None:
            raise DatasetNotFound(
                f"There is no dataset {dataset_id!r} here.",
                advice="Nothing was started. `GET /api/datasets` lists those that are there.",
                dataset_id=dataset_id,
            )
        return found

    async def find(self, session: AnySession, principal: Principal, dataset_id: str) -> Dataset | None:
        """The dataset; None when it was removed."""
        return await repository.find(session, principal.organisation_id, dataset_id)

    async def list(
        self, session: AnySession, principal: Principal, *, after: str | None = None, limit: int = 50
    ) -> Sequence[Dataset]:
        """Datasets, newest first, behind the id `after`."""
        return await repository.list_newest(session, principal.organisation_id, after=after, limit=limit)

    async def profile(self, dataset: Dataset) -> DatasetProfile:
        """What the dataset holds."""
        return DatasetProfile.model_validate_json(await self._blobs.get(dataset.profile_key))

    async def choose(self, principal: Principal, dataset_id: str, target: str | None) -> DatasetChoice:
        """What a run needs to predict the target from the dataset; the likeliest target when none is named.

        Raises:
            DatasetNotFound: unknown, or another organisation's.
            TargetUnusable: there is no such column, or it cannot be learned.
        """
        async with self._db.read() as session:
            dataset = await self.get(session, principal, dataset_id)
        profile = await self.profile(dataset)
        column, task = targets.chosen(profile, target)
        wanted = digest({"target": column.name, "task": task, "rules": _RULES})[:16]
        key = derived_key(dataset.organisation_id, dataset.sha256, f"view-{wanted}")
        if not await self._blobs.exists(key):
            view = await self._examined(dataset, profile, column.name, task)
            targets.require_features(view)
            await self._blobs.put(key, canonical_json(view), content_type="application/json")
        return DatasetChoice(
            id=dataset.id, sha256=dataset.sha256, profile_key=key, target=column.name, task=task
        )

    async def view(self, organisation_id: str, choice: DatasetChoice) -> DatasetView:
        """What `choose` has stored.

        Raises:
            BlobNotFound: the dataset was removed, or is another organisation's.
        """
        if not choice.profile_key.startswith(f"{organisation_id}/"):
            raise BlobNotFound(key=choice.profile_key)
        return DatasetView.model_validate_json(await self._blobs.get(choice.profile_key))

    async def content(self, dataset: Dataset) -> bytes:
        """The uploaded bytes."""
        return await self._blobs.get(content_key(dataset.organisation_id, dataset.sha256))

    async def remove(self, session: WriteSession, principal: Principal, dataset_id: str) -> Dataset:
        """Takes the dataset off the list; `discard` removes its bytes when that is committed."""
        require(principal, "editor")
        dataset = await self.get(session, principal, dataset_id)
        await repository.remove(session, principal.organisation_id, dataset_id)
        await self._audit.record(session, principal, "dataset.remove", dataset_id, {"sha256": dataset.sha256})
        return dataset

    async def discard(self, dataset: Dataset) -> None:
        """Removes the uploaded bytes. Profiles stay, because designs that were made from them explain themselves."""
        await self._blobs.delete(content_key(dataset.organisation_id, dataset.sha256))

    async def _examined(
        self, dataset: Dataset, profile: DatasetProfile, target: str, task: TableTask
    ) -> DatasetView:
        request = {"target": target, "task": task, "real_sample": profile.may_be_shown}
        content = await self.content(dataset)
        folder = await asyncio.to_thread(tempfile.TemporaryDirectory, prefix="dataset-")
        try:
            file = Path(folder.name) / "upload"
            await asyncio.to_thread(file.write_bytes, content)
            del content
            answer = await self._profiler.run(file, request)
        finally:
            await asyncio.to_thread(folder.cleanup)
        facts, now = answer["target"], _profile(answer)
        return DatasetView(
            dataset_id=dataset.id,
            name=dataset.name,
            sha256=dataset.sha256,
            bytes=dataset.bytes,
            profile=now,
            target=target,
            task=task,
            rows=facts["rows"],
            classes=facts["classes"],
            leaks=facts["leaks"],
            # The profile that was stored with the upload may come from earlier rules.
            sample=facts["sample"] if now.may_be_shown else (),
        )


def content_key(organisation_id: str, sha256: str) -> str:
    """Where the bytes of an upload are; apart from what runs leave behind, which is swept."""
    return f"{organisation_id}/datasets/{sha256[:2]}/{sha256}/content"


def derived_key(organisation_id: str, sha256: str, what: str) -> str:
    """Where something that was found out about an upload is."""
    return f"{organisation_id}/datasets/{sha256[:2]}/{sha256}/{what}.json"


def plain_name(name: str, suffix: str) -> str:
    """A file's name without folders and control characters."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    printable = "".join(character for character in last if character.isprintable()).strip()
    return printable[:_NAME_CHARACTERS] or f"table.{suffix}"


def _profile(answer: dict[str, Any]) -> DatasetProfile:
    facts = {key: value for key, value in answer.items() if key in DatasetProfile.model_fields}
    return DatasetProfile.model_validate(facts)
