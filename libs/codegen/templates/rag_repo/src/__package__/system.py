"""The whole system over one release or over the results of a run: what answers, and what it is made of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from . import parts
from .answering import Answerer
from .config import Config
from .embeddings.port import Embedder
from .guards.patterns import Patterns
from .index import WORDS_FILE
from .monitoring.signals import BASELINE_FILE, Baseline
from .releases import FACTS_FILE, release_facts
from .retrieval import Retriever
from .running.errors import UsageError
from .running.repository import GUARD_FILE, ROOT
from .settings import Settings
from .statistics import WordStatistics

PROMPT_FILE, POLICY_FILE, PATTERNS_FILE = "answer.md", "guard.md", "guard.yaml"
_POLICY = ROOT / "prompts" / POLICY_FILE


@dataclass(frozen=True)
class System:
    """Ready to answer."""

    answerer: Answerer
    embedder: Embedder
    config: Config
    version: str
    baseline: Baseline | None = None
    """What the release was evaluated with; an index that is not released has none."""

    @classmethod
    def of_index(cls, index: Path, config: Config, settings: Settings, least_relevance: float) -> System:
        """Over an index that was just made, with the prompts of this repository."""
        return _built(
            index=index,
            config=config,
            settings=settings,
            least_relevance=least_relevance,
            texts=(ROOT / config.answer.prompt, _POLICY, GUARD_FILE),
            version="unreleased",
        )

    @classmethod
    def of_release(cls, release: Path, settings: Settings, *, waited_for: bool = False) -> System:
        """Over a release, with the prompts that were evaluated with it.

        Args:
            release: its folder.
            settings: the parts and their addresses.
            waited_for: whether somebody waits for each answer: no part then has longer than an answer may take.

        Raises:
            UsageError: it is no release, or its vectors are those of another model than the settings name.
        """
        if not (release / FACTS_FILE).is_file():
            raise UsageError(f"there is no release in {release}")
        facts = release_facts(release)
        config = Config.model_validate(facts["config"])
        system = _built(
            index=release,
            config=config,
            settings=settings.waited_for(config.limits.answer_seconds) if waited_for else settings,
            least_relevance=float(facts["least_relevance"]),
            texts=(release / PROMPT_FILE, release / POLICY_FILE, release / PATTERNS_FILE),
            version=str(facts["version"]),
        )
        if system.embedder.fingerprint != facts["fingerprint"]:
            raise UsageError(
                f"the release was indexed with {facts['fingerprint']}, "
                f"the settings name {system.embedder.fingerprint}: index and evaluate again"
            )
        return replace(system, baseline=Baseline.load(release / BASELINE_FILE))


def _built(
    *,
    index: Path,
    config: Config,
    settings: Settings,
    least_relevance: float,
    texts: tuple[Path, Path, Path],
    version: str,
) -> System:
    prompt, policy, patterns = texts
    statistics = WordStatistics.load(index / WORDS_FILE)
    embedder = parts.embedder(settings, index)
    store = parts.store(settings, index, embedder.dimensions)
    guard = parts.guard(settings, Patterns.load(patterns), policy.read_text(encoding="utf-8"))
    answerer = Answerer(
        retriever=Retriever(embedder, store, statistics, config.retrieve),
        model=parts.model(settings, statistics),
        guard=guard,
        statistics=statistics,
        config=config,
        instructions=prompt.read_text(encoding="utf-8"),
        least_relevance=least_relevance,
    )
    return System(answerer, embedder, config, version)
