"""One figure, one value: the tree says everywhere what `config/base.yaml` says of the design."""

import re

import pytest
import yaml

from fraud_api.running.repository import ROOT


def read(path: str) -> dict:
    return yaml.safe_load((ROOT / path).read_text(encoding="utf-8"))


def promised(name: str) -> dict:
    objectives = read("monitoring/slo.yaml")["objectives"]
    return next(objective for objective in objectives if objective["name"] == name)


BASE = read("config/base.yaml")


@pytest.mark.parametrize("environment", ["dev", "staging", "prod"])
class TestEnvironment:
    def infra(self, environment: str) -> str:
        folder = ROOT / "infra" / "envs" / environment
        return "\n".join(p.read_text(encoding="utf-8") for p in sorted(folder.glob("*.tf")))

    def test_is_where_ci_looks_for_it(self, environment):
        found = read(f"config/{environment}.yaml")
        assert found["environment"] == environment
        assert found["region"] == BASE["region"]
        assert (ROOT / found["terraform"]).is_dir()

    @pytest.mark.parametrize(
        ("key", "line"),
        [
            ("project", r'project *= "([^"]+)"'),
            ("region", r'\n *region *= "([^"]+)"'),
            ("data_classification", r'data-classification *= "([^"]+)"'),
            ("log_retention_days", r"days >= min\((\d+), "),
        ],
    )
    def test_has_what_the_design_says(self, environment, key, line):
        found = re.search(line, self.infra(environment))
        assert found, f"infra/envs/{environment} does not say {key}"
        assert found[1] == str(BASE[key])

    def test_runs_the_pipelines_as_they_are_described(self, environment):
        made = re.search(r"^  pipelines = \{\n(.*?)^  \}", self.infra(environment), re.M | re.S)
        assert made
        found = {
            name: {
                "schedule": re.search(r'schedule = "(.*)"', body)[1],
                "steps": re.findall(r'\{ name = "(\w+)", job = ', body),
            }
            for name, body in re.findall(r"^    (\w+) = \{\n(.*?)^    \}", made[1], re.M | re.S)
        }
        described = sorted(ROOT.glob("pipelines/*.yaml"))
        assert found == {path.stem: read(f"pipelines/{path.name}") for path in described}

    @pytest.mark.parametrize("key", ["availability_pct", "latency_ms_p95"])
    def test_watches_what_is_promised(self, environment, key):
        found = re.findall(rf"^ *{key} *= ([\d.]+)$", self.infra(environment), re.M)
        assert found
        assert {float(figure) for figure in found} == {BASE["slo"][key]}


class TestMonitoring:
    def test_promises_what_the_design_says(self):
        assert promised("availability")["target_pct"] == BASE["slo"]["availability_pct"]
        assert promised("latency")["target_ms"] == BASE["slo"]["latency_ms_p95"]

    def test_load_is_measured_against_the_same_promise(self):
        capacity = read("monitoring/capacity.yaml")
        for key in ("availability_pct", "latency_ms_p95"):
            assert capacity[key] == BASE["slo"][key]

    def test_judges_by_the_metric_of_the_design(self):
        assert promised("quality")["metric"] == BASE["metric"]
