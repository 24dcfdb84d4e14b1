"""Typical requirements under which every formula of the catalogue must have a value."""

from itertools import product

from libs.planning.models import Archetype, Requirements

_ARCHETYPES: tuple[Archetype, ...] = ("online_api", "batch_scoring")


def _sample(archetype: Archetype, large: bool, language: bool) -> Requirements:
    return Requirements(
        archetype=archetype,
        ml_task="llm_rag" if language else "classification",
        latency_ms_p95=(50.0 if large else 500.0) if archetype == "online_api" else None,
        throughput_rps=5000.0 if large else 0.01,
        predictions_per_day=2e8 if large else 100.0,
        budget_usd_month=None,
        region="us-east-1",
        compliance=("PCI-DSS", "SOC2") if large else (),
        data_classification="restricted" if large else "public",
        availability_pct=99.95 if large else 99.0,
        deployment_preference=None,
        gpu_needed=large,
        data_volume_gb=20_000.0 if large else 0.001,
        training_frequency="hourly" if large else "quarterly",
        streaming=large,
        team_size=40 if large else 1,
        sources={},
    )


SAMPLES: tuple[Requirements, ...] = tuple(
    _sample(archetype, large, language)
    for archetype, large, language in product(_ARCHETYPES, (False, True), (False, True))
)
"""Small and large, online and in batches, with and without a language model."""


def told(needs: Requirements) -> str:
    """The sample in a few words."""
    return (
        f"{needs.archetype}, {needs.ml_task}, {needs.throughput_rps:g} requests a second, "
        f"{needs.data_volume_gb:g} GB"
    )
