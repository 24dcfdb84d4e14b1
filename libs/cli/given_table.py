"""The table that `design --data` brings: uploaded, examined, and handed over to the design."""

import asyncio
from pathlib import Path
from typing import NamedTuple

from libs.bootstrap import Services
from libs.cli.progress import Progress
from libs.core.errors import Invalid
from libs.core.principal import local_owner
from libs.datasets.models import DatasetChoice
from libs.datasets.receiving import receive_file, receiver


class GivenTable(NamedTuple):
    """A file of this machine and the column to predict; empty: the likeliest one."""

    path: Path
    target: str


def checked_table(data: Path | None, target: str) -> GivenTable | None:
    """The table that was named, if one was.

    Raises:
        Invalid: there is no such file, or a target without a table.
    """
    if data is None:
        if target:
            raise Invalid(
                "--target names a column of a table.",
                advice="Nothing was started. Give the table with --data.",
            )
        return None
    if not data.is_file():
        raise Invalid(f"There is no file {data}.", advice="Nothing was started. Give an existing file.")
    return GivenTable(data, target)


async def hand_over(services: Services, table: GivenTable, progress: Progress) -> DatasetChoice:
    """Keeps and examines the table; the same table again is not examined again."""
    owner = local_owner()
    progress.say(f"examining {table.path.name} …", "dim")
    async with receiver(services.upload_limits) as taking:
        await asyncio.to_thread(receive_file, table.path, taking.write)
        dataset = await services.datasets.add(owner, taking.upload(table.path.name))
    choice = await services.datasets.choose(owner, dataset.id, table.target or None)
    progress.say(
        f"dataset {dataset.id}: {dataset.rows:,} rows, {dataset.columns} columns; "
        f"{choice.task} of {choice.target!r}"
    )
    profile = await services.datasets.profile(dataset)
    for remark in (*profile.remarks, *profile.about_persons):
        progress.say(remark, "dim")
    return choice
