"""What the command line says of the table that it hands over."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from libs.bootstrap import Services
from libs.cli.given_table import GivenTable, hand_over
from libs.cli.progress import Progress
from libs.datasets.models import UploadLimits
from tests.unit.datasets.views import column, view

_TABLE = view(column("price", "category", notes=("Looks like numbers with a decimal comma.",)))


class _Datasets:
    """Takes any file for the table above."""

    async def add(self, *_: Any) -> Any:
        return SimpleNamespace(id="dat_1", rows=500, columns=2)

    async def choose(self, *_: Any) -> Any:
        return SimpleNamespace(task="classification", target="y")

    async def profile(self, _: Any) -> Any:
        return _TABLE.profile


async def test_says_how_columns_were_read(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text("price,y\n")
    said: list[str] = []
    progress = SimpleNamespace(say=lambda text, style="": said.append(text))
    services = SimpleNamespace(upload_limits=UploadLimits(), datasets=_Datasets())
    await hand_over(cast(Services, services), GivenTable(path, ""), cast(Progress, progress))
    assert said[-1] == "'price': Looks like numbers with a decimal comma."
