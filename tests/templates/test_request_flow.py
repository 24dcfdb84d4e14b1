"""The architecture says how a request reaches the service that the plan has."""

import pytest

from tests.templates.test_data_flow import tree

ARCHITECTURE = "docs/architecture.md"


@pytest.mark.parametrize(
    ("serve", "told", "counted"),
    [
        ("ecs_fargate_service", "`POST /predict`", "`/metrics`"),
        ("lambda_service", "`POST /predict`", "CloudWatch counts"),
        ("sagemaker_endpoint", "`InvokeEndpoint`", "CloudWatch counts"),
        ("sagemaker_async", "`InvokeEndpointAsync`", "CloudWatch counts"),
    ],
)
def test_a_request_takes_the_way_of_its_service(serve: str, told: str, counted: str) -> None:
    flow = tree(serve=serve)[ARCHITECTURE].split("## Flow of a request")[1].split("\n## ")[0]
    assert told in flow
    assert counted in flow


@pytest.mark.parametrize(("features", "drawn"), [("offline_parquet", False), ("dynamodb_features", True)])
def test_only_a_store_of_features_is_read_for_requests(features: str, drawn: bool) -> None:
    files = tree(features=features)
    for path in ("README.md", ARCHITECTURE):
        assert ('features -. "features of a request" .-> serve' in files[path]) is drawn
