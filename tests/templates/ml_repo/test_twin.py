"""The local twin and the monitoring files: closed to the network, pinned, and about metrics that exist."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.templates.ml_repo.repository import BLUEPRINTS, write

_PINNED = re.compile(r"[a-z0-9./-]+:v?\d+\.\d+\.\d+")
_FUNCTIONS = frozenset({"avg", "by", "histogram_quantile", "increase", "le", "max", "rate", "sum"})


def services(folder: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((folder / "docker" / "compose.yaml").read_text())["services"]
    return loaded


class TestCompose:
    def test_every_service_is_closed_and_without_rights(self, any_repository: Path) -> None:
        for name, service in services(any_repository).items():
            assert service["read_only"] is True, name
            assert service["cap_drop"] == ["ALL"], name
            assert "no-new-privileges:true" in service["security_opt"], name
            assert not service["user"].startswith("0"), name
            assert all(port.startswith("127.0.0.1:") for port in service.get("ports", ())), name
            assert not any(key in service for key in ("privileged", "network_mode", "pid")), name

    def test_every_image_is_pinned_or_built_here(self, any_repository: Path) -> None:
        built = {s["image"] for s in services(any_repository).values() if "build" in s}
        for name, service in services(any_repository).items():
            if service["image"] in built:
                assert service["pull_policy"] == "never", name
            else:
                assert _PINNED.fullmatch(service["image"]), name

    def test_what_stays_up_has_a_health_check_and_what_ends_is_waited_for(self, any_repository: Path) -> None:
        found = services(any_repository)
        for service in found.values():
            for other, wait in service.get("depends_on", {}).items():
                stays = "healthcheck" in found[other]
                assert wait["condition"] == ("service_healthy" if stays else "service_completed_successfully")
        assert {"aws", "mlflow"} <= {name for name, s in found.items() if "healthcheck" in s}

    def test_every_mounted_file_is_in_the_tree(self, any_repository: Path) -> None:
        for service in services(any_repository).values():
            for volume in service.get("volumes", ()):
                source, _, mode = volume.split(":")
                assert (any_repository / "docker" / source).exists(), source
                assert mode == "ro"

    def test_an_online_api_has_its_metrics_and_a_batch_its_scores(self, tmp_path: Path) -> None:
        online = services(write(BLUEPRINTS["online"](), tmp_path / "online"))
        batch = services(write(BLUEPRINTS["batch"](), tmp_path / "batch"))
        assert set(online) - set(batch) == {"serve", "prometheus", "grafana"}
        assert set(batch) - set(online) == {"score"}


class TestMetrics:
    def test_rules_and_dashboard_ask_for_what_the_service_has(self, repository: Path) -> None:
        package = next((repository / "src").iterdir())
        code = "".join((package / f).read_text() for f in ("serve/telemetry.py", "monitoring/live.py"))
        registered = set(re.findall(r'(?:Counter|Histogram|Gauge)\(\s*"(\w+)"', code))
        rules = yaml.safe_load((repository / "monitoring" / "rules.yaml").read_text())
        dashboard = json.loads((repository / "monitoring" / "dashboards" / "service.json").read_text())
        asked = [rule["expr"] for group in rules["groups"] for rule in group["rules"]]
        asked += [target["expr"] for panel in dashboard["panels"] for target in panel["targets"]]
        recorded = {r["record"] for g in rules["groups"] for r in g["rules"] if "record" in r}
        for expression in asked:
            plain = re.sub(r'\{[^}]*\}|\[[^\]]*\]|\b(?:by|without) \([^)]*\)|"[^"]*"', "", expression)
            names = set(re.findall(r"[a-z][\w:]*", plain)) - _FUNCTIONS
            known = {re.sub(r"_(bucket|total|sum|count)$", "", name) for name in names - recorded}
            assert names, expression
            assert known <= registered, expression

    def test_the_alarm_watches_what_the_containers_write(self, repository: Path) -> None:
        emf = (next((repository / "src").iterdir()) / "monitoring" / "emf.py").read_text()
        alarms = yaml.safe_load((repository / "monitoring" / "alarms.yaml").read_text())["alarms"]
        watched = [alarm["metric"] for alarm in alarms if "metric" in alarm]
        assert watched == ["DriftAlarm", "QualityAlarm"]
        assert all(f'"{name}"' in emf for name in watched)


@pytest.mark.parametrize("serve", ["ecs_fargate_service", "lambda_service", "sagemaker_endpoint"])
def test_capacity_names_the_planned_replicas(serve: str, tmp_path: Path) -> None:
    from tests.templates.terraform.plans import with_options

    folder = write(with_options(BLUEPRINTS["online"](), serve=serve), tmp_path / "repository")
    capacity = yaml.safe_load((folder / "monitoring" / "capacity.yaml").read_text())
    assert capacity["peak_rps"] == 500
    assert 0 < capacity["min_replicas"] < capacity["max_replicas"]
    assert capacity["headroom"] >= 1
