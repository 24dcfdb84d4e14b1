"""Stage `register`: what was measured becomes a release, if the gate lets it pass."""

from __future__ import annotations

import shutil
from typing import Any

from . import parts
from .evaluate import REPORT_FILE
from .index import WORDS_FILE
from .monitoring.signals import BASELINE_FILE
from .releases import FACTS_FILE
from .running.errors import DataRefused
from .running.files import canonical_json, read_json, sha256_file, sha256_of, write_json
from .running.repository import GUARD_FILE, ROOT, code_digest
from .running.stage import Card, Report, StageContext
from .system import PATTERNS_FILE, POLICY_FILE, PROMPT_FILE


def run(context: StageContext) -> Report:
    """Writes `register/model/`.

    Raises:
        DataRefused: the evaluation failed; the reasons are in the message.
    """
    report = read_json(context.upstream("evaluate", "evaluation"))
    if not report["passed"]:
        raise DataRefused(
            f"The gate has failed: {'; '.join(report['failures'])}.",
            "See work/evaluate/evaluation.json for the questions; nothing was released.",
        )
    release = context.folder / "model"
    shutil.rmtree(release, ignore_errors=True)
    release.mkdir()
    index = context.upstream("index", "words").parent
    copied = {
        WORDS_FILE: index / WORDS_FILE,
        REPORT_FILE: context.upstream("evaluate", "evaluation"),
        BASELINE_FILE: context.upstream("evaluate", "baseline"),
        PROMPT_FILE: ROOT / context.config.answer.prompt,
        POLICY_FILE: ROOT / "prompts" / POLICY_FILE,
        PATTERNS_FILE: GUARD_FILE,
    }
    local = (parts.EMBEDDER_FILE, "passages.parquet", "vectors.npy")
    copied |= {name: index / name for name in local if (index / name).is_file()}
    for name, source in copied.items():
        shutil.copyfile(source, release / name)
    digests = {name: sha256_file(release / name) for name in sorted(copied)}
    facts: dict[str, Any] = {
        "contract": 1,
        "format": "rag-release",
        "files": digests,
        "config": context.config.to_json(),
        "least_relevance": report["least_relevance"],
        "fingerprint": report["fingerprint"],
        "parts": report["parts"],
        "metrics": report["metrics"],
        "quality_gate": "passed",
        "code": code_digest(),
    }
    facts["version"] = sha256_of(canonical_json(facts))[:16]
    write_json(release / FACTS_FILE, facts)
    names = (FACTS_FILE, *sorted(copied))
    return Report(
        message=f"Release {facts['version']}.",
        card=Card(
            choice="prompts, patterns, thresholds and statistics in one version",
            why="What was evaluated together goes out together and comes back together.",
        ),
        outputs={name: (release / name, "model") for name in names},
    )
