"""Writes a repository and its zip where the person asked for them."""

import asyncio
from pathlib import Path

from libs.bootstrap import Services
from libs.codegen import payload
from libs.core.errors import Invalid
from libs.core.principal import local_owner


def checked_target(out: Path | None) -> Path | None:
    """The absolute folder, if it is free to be written.

    Raises:
        Invalid: there is something at that place already.
    """
    if out is None:
        return None
    out = out.absolute()
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        raise Invalid(
            f"{out} is there already and not empty.",
            advice="Nothing was started or overwritten; name a new folder.",
        )
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
    archive = target.with_name(f"{target.name}.zip")
    try:
        await asyncio.to_thread(payload.unpack, data, target)
        await asyncio.to_thread(archive.write_bytes, data)
    except OSError as error:
        raise Invalid(
            f"The repository cannot be written to {target}: {error}",
            advice=f"It is kept; fetch it with: agentic-mlops runs download {decision_set_id} --out DIR",
        ) from error
    return str(archive)
