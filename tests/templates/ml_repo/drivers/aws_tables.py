"""DynamoDB as record store and as feature store, and the two registries that live in AWS."""

from __future__ import annotations

import json
import time

import boto3
from fraud_api.aws.clients import client
from fraud_api.online_features.dynamodb import DynamoDbFeatures
from fraud_api.registry.manifests import ManifestRegistry
from fraud_api.registry.sagemaker import SageMakerRegistry
from fraud_api.registry.versions import ModelVersion, RegistryError
from fraud_api.stores.dynamodb import DynamoDbStore
from fraud_api.stores.records import Records
from records import ROWS, predictions


def table(name: str, *keys: str) -> str:
    client("dynamodb").create_table(
        TableName=name,
        BillingMode="PAY_PER_REQUEST",
        AttributeDefinitions=[{"AttributeName": key, "AttributeType": "S"} for key in keys],
        KeySchema=[
            {"AttributeName": key, "KeyType": kind}
            for key, kind in zip(keys, ("HASH", "RANGE"), strict=False)
        ],
    )
    return name


def items(name: str) -> list[dict]:
    return boto3.resource("dynamodb", region_name="us-east-1").Table(name).scan()["Items"]


store = DynamoDbStore.from_environment(
    {"RECORDS_TABLE": table("records", "pk", "sk"), "RECORDS_RETENTION_DAYS": "30"}
)
for _ in range(2):
    store.write(Records("training_rows", ROWS, "unused", key="transaction_id"))
    store.write(
        Records("predictions", predictions("one", [0.25, 1e-7]), "unused", run="one", key="transaction_id")
    )
found = {(item["pk"], item["sk"]): item for item in items("records")}
assert len(found) == 5
assert str(found["predictions#b", "one"]["prediction"]) == "1E-7"
assert "channel" not in found["training_rows#c", "current"]
assert all(item["expires_at"] > 1_700_000_000 for item in found.values())
many = ROWS.loc[[0] * 60].assign(transaction_id=[str(n % 50) for n in range(60)], amount=range(60))
store.write(Records("scoring_rows", many, "unused", key="transaction_id"))
assert found.keys() < {(item["pk"], item["sk"]) for item in items("records")}
newest = next(item for item in items("records") if item["pk"] == "scoring_rows#3")
assert newest["amount"] == 53, "of two rows of an entity the later one counts"

features = DynamoDbFeatures.from_environment({"FEATURES_TABLE": table("features", "entity_id")})
rows = {f"id {n}": {"amount": n / 3, "channel": None} for n in range(230)}
features.put(rows)
assert features.get([*rows, "nobody"]) == rows
assert all("expires_at" not in item for item in items("features"))
kept = DynamoDbFeatures.from_environment(
    {"FEATURES_TABLE": table("kept", "entity_id"), "FEATURES_RETENTION_DAYS": "45"}
)
kept.put({"a": {"amount": 1.0}, "b": {"amount": 2.0}})
assert all(44.9 < (float(item["expires_at"]) - time.time()) / 86_400 <= 45 for item in items("kept"))
client("dynamodb").update_item(
    TableName="kept",
    Key={"entity_id": {"S": "a"}},
    UpdateExpression="SET expires_at = :past",
    ExpressionAttributeValues={":past": {"N": str(int(time.time()) - 1)}},
)
assert kept.get(["a", "b"]) == {"b": {"amount": 2.0}}, "an expired item that is not removed yet was read"

model = ModelVersion("0123456789ab", "s3://models/versions/0123456789ab", {"roc_auc": 0.91}, {"seed": "7"})
newer = ModelVersion("ba9876543210", "s3://models/versions/ba9876543210", {"roc_auc": 0.92}, {"seed": "7"})
client("s3").create_bucket(Bucket="models")
client("sagemaker").create_model_package_group(ModelPackageGroupName="fraud-dev")
environment = {
    "MODEL_PACKAGE_GROUP": "fraud-dev",
    "REGISTRY_URI": "s3://models/registry/",
    "REGISTRY_TABLE": table("registry", "model", "version"),
    "PROJECT": "fraud-api",
}
for kind in (SageMakerRegistry, ManifestRegistry):
    registry = kind.from_environment(environment)
    assert registry.current() is None
    assert registry.register(model) == registry.register(model)
    registry.register(newer)
    assert registry.current() is None, "registering is not promoting"
    for version in (newer.version, newer.version, model.version):
        registry.promote(version)
        assert registry.current() == version, (kind, registry.current(), version)
    try:
        registry.promote("never")
    except RegistryError:
        pass
    else:
        raise AssertionError("a version that is not registered was promoted")
manifest = client("s3").get_object(Bucket="models", Key="registry/fraud-api/0123456789ab.json")["Body"].read()
assert json.loads(manifest)["metrics"] == {"roc_auc": 0.91}
try:
    registry.register(ModelVersion(model.version, model.uri, {"roc_auc": 0.99}, {}))
except RegistryError:
    pass
else:
    raise AssertionError("a manifest was changed")
