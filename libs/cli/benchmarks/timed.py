"""Recorder and saver of the product with a stopwatch beside them."""

from collections.abc import AsyncIterator, Sequence
from typing import Any

from langchain_core.runnables import RunnableConfig
from langgraph.checkpoint.base import (
    BaseCheckpointSaver,
    ChannelVersions,
    Checkpoint,
    CheckpointMetadata,
    CheckpointTuple,
)

from libs.bootstrap import Services
from libs.cli.benchmarks.samples import Stopwatch
from libs.jobs.models import Lease
from libs.runs.recorder import Recorder, Visit


class TimedRecorder(Recorder):
    """Counts the two transactions of a visit."""

    def __init__(self, services: Services, lease: Lease, watch: Stopwatch) -> None:
        super().__init__(
            services.db, services.queue, services.events, services.content, services.clock, lease
        )
        self._watch = watch

    async def start(self, visit: Visit, *, announce: bool = True) -> dict[str, Any] | None:
        with self._watch.lap("start_of_visit"):
            return await super().start(visit, announce=announce)

    async def finish(self, visit: Visit, update: dict[str, Any], began: float) -> None:
        with self._watch.lap("end_of_visit"):
            await super().finish(visit, update, began)


class TimedSaver(BaseCheckpointSaver[str]):
    """Counts what a saver reads and writes."""

    def __init__(self, saver: BaseCheckpointSaver[str], watch: Stopwatch) -> None:
        super().__init__(serde=saver.serde)
        self._saver = saver
        self._watch = watch

    @property
    def config_specs(self) -> list[Any]:
        return self._saver.config_specs

    def get_next_version(self, current: str | None, channel: None) -> str:
        return self._saver.get_next_version(current, channel)

    async def aget_tuple(self, config: RunnableConfig) -> CheckpointTuple | None:
        with self._watch.lap("checkpoints"):
            return await self._saver.aget_tuple(config)

    async def alist(
        self,
        config: RunnableConfig | None,
        *,
        filter: dict[str, Any] | None = None,  # noqa: A002 - the name in LangGraph's interface
        before: RunnableConfig | None = None,
        limit: int | None = None,
    ) -> AsyncIterator[CheckpointTuple]:
        async for found in self._saver.alist(config, filter=filter, before=before, limit=limit):
            yield found

    async def aput(
        self,
        config: RunnableConfig,
        checkpoint: Checkpoint,
        metadata: CheckpointMetadata,
        new_versions: ChannelVersions,
    ) -> RunnableConfig:
        with self._watch.lap("checkpoints"):
            return await self._saver.aput(config, checkpoint, metadata, new_versions)

    async def aput_writes(
        self, config: RunnableConfig, writes: Sequence[tuple[str, Any]], task_id: str, task_path: str = ""
    ) -> None:
        with self._watch.lap("checkpoints"):
            await self._saver.aput_writes(config, writes, task_id, task_path)
