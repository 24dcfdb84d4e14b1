"""What the documents and the CI of a rendered tree name, and whether it is there."""

import re
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from functools import cache
from pathlib import PurePosixPath

import botocore.exceptions
import botocore.session
from botocore import xform_name

Tree = Mapping[str, str]

_CI = (".github/", ".circleci/", ".gitlab-ci.yml", "azure-", "bitbucket-", "Jenkinsfile", "ci/")
_FENCE = re.compile(r"^ *```sh\n(.*?)^ *```", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"`([^`\n]+)`")
_TOP = "ci|config|data|docker|docs|infra|monitoring|pipelines|reports|src|tests|tools"
_PATH = re.compile(rf"(?<![\w/.$-])((?:\.github|{_TOP})/[\w./*$-]*[\w/*])(?![\w{{<$…])")
_MADE = ("reports/*", "src/*.egg-info", "pipelines/flink/lib*", "docs/runbooks/*")
_SPLIT = re.compile(r"\$\{(?:[^{}]|\{[^{}]*\})*\}")


def commands(files: Tree) -> Iterator[tuple[str, str]]:
    """Every line that somebody is told to type, or that CI runs, with the file that says so."""
    for path, text in files.items():
        if path.endswith(".md"):
            told = [*(m[1] for m in _FENCE.finditer(text)), *_CODE.findall(text)]
        elif path == "monitoring/alarms.yaml":
            told = _CODE.findall(text)
        elif path.startswith(_CI) or path == "pipelines/control.sh":
            told = [text]
        else:
            continue
        for each in told:
            for line in each.replace("\\\n", " ").splitlines():
                if not line.strip().startswith(("#", "//")):
                    yield path, line.strip()


def unknown_targets(files: Tree) -> set[str]:
    """Targets of make that the Makefile does not have."""
    targets = set(re.findall(r"^([a-z][a-z-]*):", files["Makefile"], re.MULTILINE))
    return {
        f"{path}: make {name}"
        for path, line in commands(files)
        for found in re.finditer(r"(?:^|[;&'\"] ?|run: |- )make(?: --silent)?((?: [a-z][a-z-]*)+)", line)
        for name in found[1].split()
        if name not in targets
    }


def unknown_modules(files: Tree) -> set[str]:
    """Programs of Python that the tree does not have."""
    found = set()
    for path, line in commands(files):
        for name in re.findall(r"python -m ([\w.]+)", line):
            if name in ("pip", "venv", "pytest"):
                continue
            base = f"src/{name.replace('.', '/')}"
            if not {f"{base}.py", f"{base}/__main__.py"} & files.keys():
                found.add(f"{path}: {name}")
    return found


def unknown_paths(files: Tree) -> set[str]:
    """Paths of the repository that are not in it."""
    there = files.keys() | {str(parent) for path in files for parent in PurePosixPath(path).parents}
    found = set()
    for path, line in commands(files):
        if path == "pipelines/control.sh" or "://" in line or "s3" in line:
            continue
        for name in _PATH.findall(line):
            plain = name.rstrip("/")
            if "$" in plain or any(fnmatchcase(plain, made) for made in _MADE):
                continue
            plain = plain.partition("/**")[0]
            if plain not in there and not any(fnmatchcase(each, plain) for each in there):
                found.add(f"{path}: {name}")
    return found


def unknown_pipelines(files: Tree) -> set[str]:
    """Calls of `pipelines/control.sh` with words that it does not take."""
    known = _pipelines(files)
    found = set()
    for path, line in commands(files):
        for action, pipeline in re.findall(r"pipelines/control\.sh (\w+) ([\w$\"]+)", line):
            if action not in ("start", "status", "stop", "retry"):
                found.add(f"{path}: {action}")
            if pipeline not in known and "$" not in pipeline and path != "pipelines/control.sh":
                found.add(f"{path}: {pipeline}")
    return found


def unknown_terraform(files: Tree) -> set[str]:
    """Outputs, variables, modules and sizes that Terraform does not have."""
    roots = "".join(t for p, t in files.items() if p.startswith(("infra/envs/prod/", "infra/bootstrap/")))
    outputs = set(re.findall(r'^output "(\w+)"', roots, re.MULTILINE))
    variables = set(re.findall(r'^variable "(\w+)"', roots, re.MULTILINE))
    modules = set(re.findall(r'^module "(\w+)"', roots, re.MULTILINE))
    locals_ = files["infra/envs/prod/locals.tf"]
    found = set()
    for path, line in commands(files):
        found |= {
            f"{path}: output {n}"
            for n in re.findall(r" output (?:-raw |-json )?(\w+)", line)
            if n not in outputs
        }
        found |= {f"{path}: -var {n}" for n in re.findall(r"-var \"(\w+)=", line) if n not in variables}
        found |= {f"{path}: {n}" for n in re.findall(r"-target=module\.(\w+)", line) if n not in modules}
        for slot in re.findall(r"\bsizes\.(\w+)", line):
            if not re.search(rf"^ +{slot} += \{{", locals_, re.MULTILINE):
                found.add(f"{path}: sizes.{slot}")
    return found


def unknown_resources(files: Tree, project: str) -> set[str]:
    """Names of production's resources and log groups that no Terraform makes; alarms have a table of their own."""
    makes = [
        text
        for path, text in files.items()
        if path.startswith("infra/") and path.endswith((".tf", ".py", ".hcl"))
    ]
    shapes = {
        _SPLIT.sub("\0", quoted) for text in makes for quoted in re.findall(r'"([^"\n]*\$\{[^"\n]*)"', text)
    }
    patterns = [
        re.compile(
            "".join(r"[\w-]+" if piece == "\0" else re.escape(piece) for piece in re.split("(\0)", shape))
        )
        for shape in shapes
        if re.search(r"[\w-]{2}", shape.replace("\0", "")) and not re.search(r"[\s:()]", shape)
    ]
    base = f"{project}-prod"
    envs = "".join(text for path, text in files.items() if path.startswith("infra/envs/prod/"))
    hosts = re.findall(r'^ +host += "(\w+)"', envs, re.MULTILINE)
    alarms = set(re.findall(r'name: "([^"]+)"', files["monitoring/alarms.yaml"]))
    known = {base, *alarms, *(f"{base}-{name}" for name in (*_pipelines(files), *hosts))}
    found = set()
    for path, text in files.items():
        for name in _CODE.findall(text) if path.startswith("docs/runbooks/") else ():
            if base not in name or not re.fullmatch(r"[\w/-]+", name):
                continue
            plain = name.removeprefix("/aws/sagemaker/Endpoints/").removeprefix("/aws/apprunner/")
            # Glue has one group for what a program prints and one for its own log.
            plain = plain.removesuffix("/output").removesuffix("/error")
            if plain not in known and not any(pattern.fullmatch(plain) for pattern in patterns):
                found.add(f"{path}: {name}")
    return found


def unknown_calls(files: Tree) -> set[str]:
    """Commands of the AWS CLI that it does not know, or does not know so."""
    found = set()
    for path, line in commands(files):
        for service, operation, rest in re.findall(r"\baws ([a-z][\w-]*) ([a-z][\w-]*)([^|]*)", line):
            if service in ("s3", "configure") or operation in ("wait", "get-login-password"):
                continue
            given = set(re.findall(r"(?<!\S)--([a-z][\w-]*)", re.sub(r"'[^']*'", "", rest)))
            known = _options(service, operation)
            if known is None:
                found.add(f"{path}: aws {service} {operation}")
            else:
                found |= {
                    f"{path}: aws {service} {operation} --{each}" for each in given - known - _EVERYWHERE
                }
    return found


def _pipelines(files: Tree) -> set[str]:
    told = re.search(r"^# PIPELINE is ([\w ]+)\.", files["pipelines/control.sh"], re.MULTILINE)
    return set(told[1].split(" or ")) if told else set()


_EVERYWHERE = {"query", "output", "region", "no-paginate", "max-items", "cli-binary-format"}
"""Options of every command."""
_SERVICES = {"s3api": "s3"}


@cache
def _options(service: str, operation: str) -> set[str] | None:
    session = botocore.session.get_session()
    try:
        model = session.get_service_model(_SERVICES.get(service, service))
    except botocore.exceptions.UnknownServiceError:
        return None
    for name in model.operation_names:
        if xform_name(name, "-") == operation:
            shape = model.operation_model(name).input_shape
            return {xform_name(member, "-") for member in (shape.members if shape else {})}
    return None
