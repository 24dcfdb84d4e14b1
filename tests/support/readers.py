"""Which files of a rendered repository nobody reads: no program, and no document that leads people there."""

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from fnmatch import fnmatchcase
from functools import cache
from pathlib import PurePosixPath

OPENED = (
    *(".answers.yml", ".dockerignore", ".env.example", ".gitignore", "CODEOWNERS", "Makefile"),
    *(".pre-commit-config.yaml", ".yamllint.yaml", ".checkov.yaml", "infra/.checkov.yaml", "pyproject.toml"),
    *(".github/workflows/*.yml", ".gitlab-ci.yml", ".circleci/config.yml", "bitbucket-pipelines.yml"),
    *("azure-pipelines.yml", "Jenkinsfile", "README.md", "*/README.md", "CHANGELOG.md"),
    *("infra/bootstrap/*.tf", "infra/envs/*.tf", "infra/envs/*/terraform.tfvars", "*.tftest.hcl"),
)
"""What people and programs look for by its name; `*` also matches slashes."""
TESTED = ("tests/*test_*.py", "tests/*conftest.py")
"""What pytest looks for."""
FOR_PEOPLE = ("*.md", "*.sh", "*Dockerfile", "monitoring/alarms.yaml")
"""What is there because a document names it; whatever else a document names has to be read by a program too."""
ON_A_LAPTOP = "rules"
"""The guard where the environment names none; all other adapters are named by Terraform or imported."""
_WORD = re.compile(r"[A-Za-z_][\w.]*")
_STARTED = re.compile(r"""-m["',]*\s+["']?([a-z_]\w*(?:\.\w+)*)""")
_QUOTED = re.compile(r'"(\w+)"')
_SAID = re.compile(r"[\w./@-]+")
_PUT_TOGETHER = re.compile(r"[\w./-]+/[^\s\"'`,/]*[$*{][^\s\"'`,]*")
_SOURCE = re.compile(r'^\s*source\s*=\s*"(\.[^"]+)"', re.MULTILINE)


def unread(files: Mapping[str, str], package: str) -> list[str]:
    """Files that nothing leads to.

    Modules of the package have to be reached from a command, not only from a test; what is no document has to be read
    by a program, not only named by a document.
    """
    tree = _Tree(files, package)
    commands = tree.reached(OPENED)
    everything = tree.reached((*OPENED, *TESTED))
    return sorted(path for path in files if path not in (commands if path.startswith("src/") else everything))


def reached_by_tests(files: Mapping[str, str], package: str) -> set[str]:
    """Programs that a test leads to, by its imports and by the names it starts."""
    programs = {path: text for path, text in files.items() if path.endswith(".py")}
    return _Tree(programs, package).reached(TESTED)


class _Tree:
    def __init__(self, files: Mapping[str, str], package: str) -> None:
        self._files, self._package = files, package
        self._modules = {name: path for path in files if path.endswith(".py") for name in _names(path)}
        self._called: dict[str, list[PurePosixPath]] = defaultdict(list)
        self._folders: dict[str, list[PurePosixPath]] = defaultdict(list)
        for path in files:
            place = PurePosixPath(path)
            self._called[place.name].append(place)
            self._folders[str(place.parent)].append(place)
        terraform = [text for path, text in files.items() if path.endswith(".tf")]
        self._chosen = {ON_A_LAPTOP, *(word for text in terraform for word in _QUOTED.findall(text))}

    def reached(self, opened: tuple[str, ...]) -> set[str]:
        """Files that are opened by their name, and all that these lead to."""
        waiting = [path for path in self._files if any(fnmatchcase(path, each) for each in opened)]
        seen = set(waiting)
        while waiting:
            found = set(self._leads_to(waiting.pop())) - seen
            seen |= found
            waiting += found
        return seen

    def _leads_to(self, path: str) -> Iterator[str]:
        text = self._files[path].replace("$(RUN)", f"-m {self._package}")
        text = text.replace('"-m", PACKAGE', f'"-m", "{self._package}"')
        if path.endswith(".py"):
            yield from self._imported(path, text)
        if path.endswith(".tf"):
            for source in _SOURCE.findall(text):
                folder = self._folders[_joined(PurePosixPath(path).parent / source)]
                yield from (str(place) for place in folder if place.suffix == ".tf")
        for name in _STARTED.findall(text):
            yield from self._module(f"{name}.__main__")
        for name in _dotted(self._package).findall(text):
            yield from self._module(name)
        for other in self._named(PurePosixPath(path), text):
            if not path.endswith(".md") or any(fnmatchcase(other, each) for each in FOR_PEOPLE):
                yield other

    def _named(self, path: PurePosixPath, text: str) -> Iterator[str]:
        """Files whose name stands there, and those of a folder whose names are put together in the run."""
        said = _said(text)
        for name in self._called.keys() & said.keys():
            for place in self._called[name]:
                one = len(self._called[name]) == 1 or place.parent == path.parent
                if one or any(str(place).endswith(words) and "/" in words for words in said[name]):
                    yield str(place)
        for folder in self._folders.keys() & {
            words for each in said.values() for words in each if "/" in words
        }:
            # A folder that is handed over as a whole; modules have to be imported one by one.
            yield from (str(place) for place in self._folders[folder] if place.suffix not in (".py", ".md"))
        for words in _PUT_TOGETHER.findall(text):
            folder = re.split(r"[$*{]", words)[0].rpartition("/")[0].lstrip("./")
            ending = PurePosixPath(words).suffix
            yield from (str(place) for place in self._folders.get(folder, ()) if place.suffix == ending)

    def _imported(self, path: str, text: str) -> Iterator[str]:
        parts = PurePosixPath(path).with_suffix("").parts
        inside = parts[1:-1] if parts[0] == "src" else parts[:-1]
        for level, name in _imports(text):
            above = inside[: len(inside) - level + 1] if level else ()
            yield from self._module(".".join((*above, name)))
            if not level and "import_module" in text:
                # A table names what is imported when it is asked for; of adapters the plan chooses the name.
                yield from self._module(f"{self._package}.{name}")
                for chosen in self._chosen:
                    yield from self._module(f"{self._package}.{name}.{chosen}")

    def _module(self, name: str) -> Iterator[str]:
        """The longest part of the name that is a module, with the packages that it lies in."""
        parts = name.split(".")
        packages = (".".join(parts[: at + 1]) for at in range(len(parts)))
        yield from (self._modules[each] for each in packages if each in self._modules)


def _names(path: str) -> set[str]:
    """What a file may be imported as: from the root of its tree, and by what lies beside it."""
    parts = PurePosixPath(path).with_suffix("").parts
    parts = parts[1:] if parts[0] == "src" else parts
    whole = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
    return {whole} if path.startswith("src/") else {whole, parts[-1]}


@cache
def _imports(text: str) -> tuple[tuple[int, str], ...]:
    """Dots before the name and the name: of import statements, and of words that may name a module."""
    found: list[tuple[int, str]] = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Import):
            found += [(0, alias.name) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            base = [node.module] if node.module else []
            found += [(node.level, ".".join([*base, alias.name])) for alias in node.names]
        elif isinstance(node, ast.Constant) and _WORD.fullmatch(str(node.value)):
            found.append((0, str(node.value)))
    return tuple(found)


@cache
def _said(text: str) -> dict[str, set[str]]:
    """Everything that may be a name or a path, by its last part."""
    found: dict[str, set[str]] = defaultdict(set)
    for words in _SAID.findall(text):
        found[words.rstrip(".").rpartition("/")[2]].add(words.rstrip("."))
    return found


@cache
def _dotted(package: str) -> re.Pattern[str]:
    return re.compile(rf"\b{package}(?:\.\w+)*")


def _joined(path: PurePosixPath) -> str:
    parts: list[str] = []
    for part in path.parts:
        if part == "..":
            parts.pop()
        else:
            parts.append(part)
    return "/".join(parts)
