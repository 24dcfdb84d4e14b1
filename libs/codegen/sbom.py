"""The bill of materials of a generated repository: locked packages and Terraform providers (CycloneDX)."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from libs.codegen.models import Blueprint, RenderedFile

LOCK_PATH = "requirements.lock"
_PINNED = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)(?:\[[^\]]*\])?==([^\s;\\]+)", re.MULTILINE)
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_PROVIDER = re.compile(
    r'source\s*=\s*"([a-z0-9-]+/[a-z0-9-]+)"\s*\n\s*version\s*=\s*"([^"]+)"|'
    r'version\s*=\s*"([^"]+)"\s*\n\s*source\s*=\s*"([a-z0-9-]+/[a-z0-9-]+)"'
)


def cyclonedx(bp: Blueprint, files: Sequence[RenderedFile]) -> dict[str, Any]:
    """A CycloneDX 1.6 document of what the payload pins; no clock and no random serial number in it."""
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": f"pkg:generic/{bp.project}",
                "name": bp.project,
                "description": bp.title,
            }
        },
        "components": sorted(
            (*_python_packages(files), *_providers(files)), key=lambda component: str(component["bom-ref"])
        ),
    }


def _python_packages(files: Sequence[RenderedFile]) -> Iterator[dict[str, Any]]:
    lock = next((file.content.decode() for file in files if file.path == LOCK_PATH), "")
    pins = list(_PINNED.finditer(lock))
    ends = [*(pin.start() for pin in pins[1:]), len(lock)]
    for pin, end in zip(pins, ends, strict=True):
        name, version = re.sub(r"[-_.]+", "-", pin.group(1)).lower(), pin.group(2)
        purl = f"pkg:pypi/{name}@{version}"
        yield {
            "type": "library",
            "bom-ref": purl,
            "name": name,
            "version": version,
            "purl": purl,
            # A lock names every archive of a release; which one is installed depends on the machine.
            "properties": [
                {"name": "lock:sha256", "value": value}
                for value in sorted(_HASH.findall(lock[pin.start() : end]))
            ],
        }


def _providers(files: Sequence[RenderedFile]) -> Iterator[dict[str, Any]]:
    found: set[tuple[str, str]] = set()
    for file in files:
        if file.path.endswith(".tf"):
            for a_source, a_version, b_version, b_source in _PROVIDER.findall(file.content.decode()):
                found.add((a_source or b_source, a_version or b_version))
    for source, version in sorted(found):
        name = source.split("/")[1]
        yield {
            "type": "library",
            "bom-ref": f"pkg:terraform/{source}@{version}",
            "group": source.split("/")[0],
            "name": f"terraform-provider-{name}",
            "version": version,
            "properties": [{"name": "terraform:version-constraint", "value": version}],
        }
