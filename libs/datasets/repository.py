"""Every query on datasets; rows in, values out."""

from sqlalchemy import delete, select
from sqlalchemy.dialects import postgresql, sqlite

from libs.datasets.models import Dataset
from libs.datasets.tables import DatasetRow
from libs.db.session import AnySession, WriteSession


async def ensure(session: WriteSession, dataset: Dataset) -> Dataset:
    """The dataset with these bytes, added unless the organisation has it already."""
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    values = dataset.model_dump(mode="python")
    await session.execute(insert(DatasetRow).values(**values).on_conflict_do_nothing())
    return await find_by_content(session, dataset.organisation_id, dataset.sha256) or dataset


async def find(session: AnySession, organisation_id: str, dataset_id: str) -> Dataset | None:
    query = select(DatasetRow).where(
        DatasetRow.organisation_id == organisation_id, DatasetRow.id == dataset_id
    )
    row = (await session.execute(query)).scalar_one_or_none()
    return _dataset(row) if row else None


async def find_by_content(session: AnySession, organisation_id: str, sha256: str) -> Dataset | None:
    query = select(DatasetRow).where(
        DatasetRow.organisation_id == organisation_id, DatasetRow.sha256 == sha256
    )
    row = (await session.execute(query)).scalar_one_or_none()
    return _dataset(row) if row else None


async def list_newest(
    session: AnySession, organisation_id: str, *, after: str | None, limit: int
) -> list[Dataset]:
    query = select(DatasetRow).where(DatasetRow.organisation_id == organisation_id)
    if after is not None:
        query = query.where(DatasetRow.id < after)
    rows = (await session.execute(query.order_by(DatasetRow.id.desc()).limit(limit))).scalars()
    return [_dataset(row) for row in rows]


async def remove(session: WriteSession, organisation_id: str, dataset_id: str) -> None:
    await session.execute(
        delete(DatasetRow).where(DatasetRow.organisation_id == organisation_id, DatasetRow.id == dataset_id)
    )


def _dataset(row: DatasetRow) -> Dataset:
    return Dataset.model_validate({name: getattr(row, name) for name in Dataset.model_fields})
