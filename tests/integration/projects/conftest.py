"""Projects over each store."""

import pytest

from libs.projects.service import ProjectService
from tests.support.database import Machinery


@pytest.fixture
def projects(machinery: Machinery) -> ProjectService:
    """The service over the store of this test."""
    return ProjectService(machinery.clock, machinery.audit)
