"""Writes a repository and its zip where the person asked for them."""

import asyncio
from pathlib import Path

from libs.bootstrap import Services
from libs.codegen import payload
from libs.core.errors import Invalid
from libs.core.principal import local_owner

_FREE = "Nothing was started or overwritten; name a new folder."


def checked_target(out: Path | None) -> Path | None:
    """The absolute folder, if it and the place of its zip are free to be written.

    Raises:
        Invalid: there is something at one of them already.
    """
    if out is None:
        return None
    out = out.absolute()
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise Invalid(
            f"{out} is there already and not empty.",
            advice=_FREE,
        )
    archive = _archive_of(out)
    if archive.exists() or archive.is_symlink():
        raise Invalid(f"{archive} is there already, where the zip would be.", advice=_FREE)
    return out


async def write_repository(services: Services, decision_set_id: str, target: Path) -> str:
    """Unpacks the repository into the folder and writes its zip beside it.

    Returns:
        The path of the zip.
    """
    owner = local_owner()
    async with services.db.read() as session:
        artifact = await services.projects.latest_artifact(session, owner, decision_set_id, "repository.zip")
    data = await services.content.get(owner.organisation_id, artifact.sha256)
    archive = _archive_of(target)
    try:
        await asyncio.to_thread(payload.unpack, data, target)
        await asyncio.to_thread(_write_new, archive, data)
    except OSError as error:
        raise Invalid(
            f"The repository cannot be written to {target}: {error}",
            advice=f"It is kept; fetch it with: agentic-mlops runs download {decision_set_id} --out DIR",
        ) from error
    return str(archive)


def _archive_of(target: Path) -> Path:
    return target.with_name(f"{target.name}.zip")


def _write_new(path: Path, data: bytes) -> None:
    with path.open("xb") as stream:
        stream.write(data)
