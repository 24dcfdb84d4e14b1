"""A blueprint becomes the files of a repository: strict, sandboxed, inside its root, the same bytes again."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path, PurePosixPath
from typing import Any

from jinja2 import BaseLoader, StrictUndefined, Template, TemplateError, TemplateNotFound
from jinja2.sandbox import ImmutableSandboxedEnvironment

from libs.codegen import filters, locking, manifest, manifest_adapters, operations, parts, schedules
from libs.codegen.alarms import alarms_of
from libs.codegen.answering import answer_time_of, answers_whole, ended_by, kept_of, measured_ms
from libs.codegen.answers import answers_file
from libs.codegen.consequences import consequence
from libs.codegen.corpora import documents_jsonl, evaluation_jsonl, example_question
from libs.codegen.errors import RenderFailed, UnescapedText, UnsafePath
from libs.codegen.examples import example_row
from libs.codegen.lake_tables import lake_tables
from libs.codegen.models import ENVIRONMENTS, Blueprint, RenderedFile
from libs.codegen.naming import check_names, check_values
from libs.codegen.sampling import sample_csv
from libs.codegen.success import MEASURED, gate_metric
from libs.codegen.telemetry import telemetry_of
from libs.codegen.tracing import slots_answering

TEMPLATES = Path(__file__).parent / "templates"
SAMPLES: dict[str, tuple[str, Callable[[Blueprint], str]]] = {
    "data/sample.csv": ("sample_csv", sample_csv),
    "data/documents/articles.jsonl": ("documents_jsonl", documents_jsonl),
    "data/evaluation.jsonl": ("evaluation_jsonl", evaluation_jsonl),
}
"""Files whose content is drawn: the name in the template, and what draws it."""

_TREES = (
    ("ml_repo", PurePosixPath()),
    ("rag_repo", PurePosixPath()),
    ("terraform/aws", PurePosixPath("infra")),
)
_SUFFIX = ".jinja"
_PARTIALS = "_partials"
"""Folders of this name hold macros that templates import; they render to nothing themselves."""
_SAFE_PART = re.compile(r"[A-Za-z0-9._@+-]+")
_IGNORED = frozenset({"__pycache__", ".cache", ".ruff_cache", ".pytest_cache", ".mypy_cache", ".terraform"})


@dataclass(frozen=True)
class Source:
    """One file of the template trees."""

    name: str
    """Below the templates' root, with the suffix."""
    tree: str
    path: str
    """Below its tree, with the suffix."""
    target: PurePosixPath
    """Path in the repository, with its variable parts."""
    raw: bytes

    @property
    def is_template(self) -> bool:
        """Whether it is filled, rather than copied."""
        return self.name.endswith(_SUFFIX)


class TemplateSet:
    """The template trees of a folder, read and compiled once."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._compiled: dict[str, Template] = {}
        self._locks: dict[tuple[str, frozenset[str]], bytes] = {}

    @cached_property
    def sources(self) -> tuple[Source, ...]:
        """Every file of the trees, in the order of their names."""
        return tuple(_read_sources(self._root))

    @cached_property
    def replaced(self) -> frozenset[PurePosixPath]:
        """What repositories that answer from documents have instead of the file of the same path."""
        return frozenset(source.target for source in self.sources if source.tree == "rag_repo")

    @cached_property
    def _environment(self) -> "_Environment":
        environment = _Environment(
            loader=_TreeLoader(self._root),
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
            cache_size=-1,
            finalize=filters.guard,
        )
        environment.filters.pop("random", None)
        environment.globals.pop("lipsum", None)
        environment.filters.update(filters.FILTERS)
        environment.globals["answer_time_of"] = answer_time_of
        environment.globals["answers_whole"] = answers_whole
        environment.globals["measured_ms"] = measured_ms
        environment.globals["ended_by"] = ended_by
        environment.globals["kept_of"] = kept_of
        environment.globals["slots_answering"] = slots_answering
        environment.globals["consequence"] = consequence
        environment.globals["measured"] = MEASURED
        environment.globals["streams"] = manifest_adapters.STREAMS
        environment.globals["serves_http"] = manifest_adapters.serves_http
        environment.globals["collected"] = manifest_adapters.COLLECTED
        environment.globals["gate_metric"] = gate_metric
        environment.globals["example_row"] = example_row
        environment.globals["lake_tables"] = lake_tables
        environment.globals["alarms_of"] = alarms_of
        environment.globals["images_of"] = operations.images_of
        environment.globals["copied_of"] = parts.copied_of
        environment.globals["given_of"] = parts.given_of
        environment.globals["setups_of"] = parts.setups_of
        environment.globals["pipelines_of"] = operations.pipelines_of
        environment.globals["service_log"] = operations.service_log
        environment.globals["silent_hours"] = schedules.silent_hours
        environment.globals["steps_of"] = operations.steps_of
        environment.globals["telemetry_of"] = telemetry_of
        environment.globals["example_question"] = example_question
        return environment

    def fill(self, name: str, context: dict[str, Any]) -> bytes:
        """The text of one template.

        Raises:
            RenderFailed: the template asks for something that is not there, or is no valid template.
            UnescapedText: it prints a text that needs a filter.
        """
        try:
            if name not in self._compiled:
                self._compiled[name] = self._environment.get_template(name)
            return self._compiled[name].render(context).encode()
        except UnescapedText as error:
            raise UnescapedText(f"{name}: {error.message}", template=name, **error.facts) from error
        except (TemplateError, TypeError, ValueError, KeyError, AttributeError) as error:
            raise RenderFailed(f"{name}: {error}", template=name) from error

    def copy(self, source: Source, bp: Blueprint) -> bytes:
        """The content of a file that is no template; of the requirements the part that the plan needs.

        Raises:
            RenderFailed: the master lock does not cover the requirements.
        """
        if source.path not in (locking.REQUIREMENTS_PATH, locking.LOCK_PATH):
            return source.raw
        left_out = manifest_adapters.packages_left_out(bp)
        if (source.name, left_out) not in self._locks:
            self._locks[source.name, left_out] = self._part(source, bp)
        return self._locks[source.name, left_out]

    def _part(self, source: Source, bp: Blueprint) -> bytes:
        beside = {other.path: other.raw.decode() for other in self.sources if other.tree == source.tree}
        requirements = locking.requirements_of(bp, beside[locking.REQUIREMENTS_PATH])
        if source.path == locking.REQUIREMENTS_PATH:
            return requirements.encode()
        return locking.lock_of(requirements, beside[locking.LOCK_PATH]).encode()


def render(bp: Blueprint, templates: TemplateSet | None = None) -> tuple[RenderedFile, ...]:
    """The payload of a blueprint, sorted by path.

    Args:
        bp: the typed answers; the same answers give the same bytes.
        templates: other trees than the shipped ones.

    Raises:
        UnsafeName: a name of the blueprint is not safe in paths and resource names.
        UnsafePath: a file would leave the root.
        UnescapedText: a template prints a text of the answers without a filter.
        RenderFailed: a template asks for something that is not there.
    """
    check_names(bp)
    check_values(bp)
    chosen = templates or shipped_templates()
    needs = parts.needs_of(bp)
    files: dict[str, RenderedFile] = {}
    for source in chosen.sources:
        if _belongs(source, bp, needs.modules, chosen.replaced):
            for file in _render_source(chosen, source, bp, needs):
                _add(files, file)
    _add(files, answers_file(bp))
    return tuple(files[path] for path in sorted(files))


@cache
def shipped_templates() -> TemplateSet:
    """The templates of this package."""
    return TemplateSet(TEMPLATES)


def safe_path(path: str) -> str:
    """The path, if it stays below the root and is plain everywhere.

    Raises:
        UnsafePath: it is absolute, climbs, or has a part that a file system or shell could misread.
    """
    parts = path.split("/")
    if not path or any(part in ("", ".", "..") or not _SAFE_PART.fullmatch(part) for part in parts):
        raise UnsafePath(f"The path {path[:120]!r} is not a plain path below the root.", path=path[:300])
    return path


class _Environment(ImmutableSandboxedEnvironment):
    """What a macro or block has printed went through the guard already."""

    @staticmethod
    def concat(parts: Any) -> str:
        """Joins the pieces of a template."""
        return filters.Escaped("".join(parts))


class _TreeLoader(BaseLoader):
    """Loads by path below one root and never from outside it."""

    def __init__(self, root: Path) -> None:
        self._root = root.resolve()

    def get_source(self, environment: Any, template: str) -> tuple[str, str, None]:
        path = self._root.joinpath(*PurePosixPath(template).parts)
        if ".." in PurePosixPath(template).parts or not path.resolve().is_relative_to(self._root):
            raise TemplateNotFound(template)
        if not path.is_file():
            raise TemplateNotFound(template)
        return path.read_text(encoding="utf-8"), str(path), None


def _read_sources(root: Path) -> Iterator[Source]:
    for tree, mount in _TREES:
        base = root / tree
        for path in sorted(base.rglob("*")):
            relative = path.relative_to(base)
            if path.is_dir() or path.is_symlink() or not _IGNORED.isdisjoint(relative.parts):
                continue
            if _PARTIALS in relative.parts:
                continue
            yield Source(
                name=f"{tree}/{relative.as_posix()}",
                tree=tree,
                path=relative.as_posix(),
                target=mount / relative.as_posix().removesuffix(_SUFFIX),
                raw=path.read_bytes(),
            )


def _belongs(
    source: Source, bp: Blueprint, modules: tuple[str, ...], replaced: frozenset[PurePosixPath]
) -> bool:
    if source.tree == "ml_repo":
        own = bp.workload == "rag" and source.target in replaced
        return not own and manifest.bound_to_plan(bp, source.path)
    if source.tree == "rag_repo":
        return bp.workload == "rag" and manifest.bound_to_plan(bp, source.path, manifest.RAG_REPO_BINDINGS)
    first, _, rest = source.path.partition("/")
    if first == "modules":
        return rest.partition("/")[0] in modules
    return manifest.bound_to_plan(bp, source.path, manifest.TERRAFORM_BINDINGS)


def _render_source(
    templates: TemplateSet, source: Source, bp: Blueprint, needs: parts.Needs
) -> Iterator[RenderedFile]:
    for variable, context in _contexts(source, bp, needs):
        path = str(source.target)
        for token, value in variable.items():
            path = path.replace(token, value)
        if path in SAMPLES:
            name, drawn = SAMPLES[path]
            context[name] = filters.Escaped(drawn(bp))
        content = templates.fill(source.name, context) if source.is_template else templates.copy(source, bp)
        yield RenderedFile(path=safe_path(path), content=content, executable=content.startswith(b"#!"))


def _contexts(
    source: Source, bp: Blueprint, needs: parts.Needs
) -> Iterator[tuple[dict[str, str], dict[str, Any]]]:
    """What the variable parts of a path stand for, once for each file that the source becomes."""
    base = {"__package__": bp.package}
    if "__env__" in source.path:
        for env in ENVIRONMENTS:
            yield (
                {**base, "__env__": env},
                {
                    "bp": bp,
                    "env": env,
                    "needs": needs,
                    "parts": parts.parts_of(bp),
                    "sizes": parts.sizes_of(bp, env),
                },
            )
    elif "__decision__" in source.path:
        for decision in bp.decisions:
            name = f"{decision.number:04d}-{decision.slug}"
            yield {**base, "__decision__": name}, {"bp": bp, "decision": decision}
    else:
        yield base, {"bp": bp}


def _add(files: dict[str, RenderedFile], file: RenderedFile) -> None:
    if file.path in files:
        raise RenderFailed(f"Two templates render to {file.path}.", path=file.path)
    files[file.path] = file
