"""What a kept result depends on beside the payload: the tools, the packs, and the code of the checks."""

from datetime import date
from pathlib import Path

from libs.codegen import sbom, schemas
from libs.codegen.checks.environments import environment_digest, folder_digest, program_digest
from libs.codegen.checks.tools import ToolPaths
from libs.core.values import sha256_hex
from libs.planning.policies import packs as policy_packs
from libs.planning.policies.packs import Policies

OPTIONAL = ("actionlint", "hadolint", "tflint", "trivy")
_CODE = (Path(__file__).parent, Path(schemas.__file__).parent, Path(policy_packs.__file__).parent)


def fingerprint(tools: ToolPaths, policies: Policies, today: date) -> str:
    """Changes with everything that could change a verdict; in doubt it changes too often.

    Args:
        tools: where they are.
        policies: packs and waivers in force.
        today: counts only where there are waivers, which expire.
    """
    optional = (tools.program(name) for name in OPTIONAL)
    parts = (
        *(_text_digest(folder) for folder in _CODE),
        sha256_hex(Path(sbom.__file__).read_bytes()),
        *(environment_digest(python) for python in (tools.runtime_python, tools.product_python)),
        environment_digest(tools.tools_bin.resolve() / "python"),
        environment_digest(tools.checkov.resolve().parent / "python"),
        program_digest(tools.ruff),
        program_digest(tools.terraform_program()),
        folder_digest(tools.terraform_mirror),
        *(program_digest(Path(tool.argv[0])) if tool else "" for tool in optional),
        *(pack.model_dump_json() for pack in policies.packs),
        *(waiver.model_dump_json() for waiver in policies.waivers),
        today.isoformat() if policies.waivers else "",
    )
    return sha256_hex("\n".join(parts).encode())[:32]


def _text_digest(folder: Path) -> str:
    files = sorted(path for path in folder.rglob("*") if path.suffix in (".py", ".json", ".yaml"))
    return sha256_hex(b"\0".join(path.name.encode() + b"\0" + path.read_bytes() for path in files))
