"""Datasets as the API shows them."""

from datetime import datetime

from pydantic import BaseModel

from libs.datasets.models import Dataset, DatasetFormat, DatasetProfile


class DatasetRead(BaseModel):
    """An uploaded table."""

    id: str
    name: str
    format: DatasetFormat
    sha256: str
    bytes: int
    rows: int
    columns: int
    created_by: str
    created_at: datetime

    @classmethod
    def of(cls, dataset: Dataset) -> "DatasetRead":
        return cls.model_validate({name: getattr(dataset, name) for name in DatasetRead.model_fields})


class DatasetProfileRead(DatasetRead):
    """An uploaded table and what it holds."""

    profile: DatasetProfile
    remarks: tuple[str, ...]
    """How it was read, where a person may have meant something else, and which columns are personal."""

    @classmethod
    def with_profile(cls, dataset: Dataset, profile: DatasetProfile) -> "DatasetProfileRead":
        remarks = (*profile.remarks, *profile.about_persons)
        facts = DatasetRead.of(dataset).model_dump()
        return cls.model_validate({**facts, "profile": profile.model_dump(), "remarks": remarks})
