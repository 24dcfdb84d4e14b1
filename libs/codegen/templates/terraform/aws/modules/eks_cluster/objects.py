"""Applies, deletes and shows Kubernetes objects from within the network; Terraform calls it."""

import base64
import json
import os
import ssl
from http import HTTPStatus
from http.client import HTTPSConnection
from typing import Any

import boto3
from botocore.signers import RequestSigner

MANAGER = "terraform"
"""Owner of the applied fields, in the words of server-side apply."""
TIMEOUT_SECONDS = 30


def token(cluster: str) -> str:
    """Proof of the role for the Kubernetes API: a presigned call that names the cluster."""
    session = boto3.session.Session()
    region = os.environ["AWS_REGION"]
    client = session.client("sts", region_name=region)
    signer = RequestSigner(
        client.meta.service_model.service_id,
        region,
        "sts",
        "v4",
        session.get_credentials(),
        session.events,
    )
    url = signer.generate_presigned_url(
        {
            "method": "GET",
            "url": f"{client.meta.endpoint_url}/?Action=GetCallerIdentity&Version=2011-06-15",
            "body": {},
            "headers": {"x-k8s-aws-id": cluster},
            "context": {},
        },
        region_name=region,
        expires_in=60,
        operation_name="",
    )
    return "k8s-aws-v1." + base64.urlsafe_b64encode(url.encode()).decode().rstrip("=")


class Api:
    """The little of the Kubernetes API that is needed here."""

    def __init__(self, endpoint: str, authority: str, bearer: str) -> None:
        self.host = endpoint.removeprefix("https://")
        self.context = ssl.create_default_context(cadata=base64.b64decode(authority).decode())
        self.bearer = bearer
        self.resources: dict[tuple[str, str], dict[str, Any]] = {}

    def call(self, method: str, path: str, body: dict[str, Any] | None = None) -> dict[str, Any]:
        """One request; what the server refuses is raised with its own words."""
        headers = {
            "Authorization": f"Bearer {self.bearer}",
            "Accept": "application/json",
            "Content-Type": "application/apply-patch+yaml",
        }
        connection = HTTPSConnection(self.host, context=self.context, timeout=TIMEOUT_SECONDS)
        try:
            connection.request(method, path, None if body is None else json.dumps(body), headers)
            answer = connection.getresponse()
            text = answer.read().decode()
        finally:
            connection.close()
        if method == "DELETE" and answer.status == HTTPStatus.NOT_FOUND:
            return {}
        if answer.status >= HTTPStatus.BAD_REQUEST:
            raise RuntimeError(f"{method} {path}: {answer.status} {text}")
        result: dict[str, Any] = json.loads(text)
        return result

    def path(self, manifest: dict[str, Any]) -> str:
        """Where an object lives, found through the server's own list of kinds."""
        version, kind = manifest["apiVersion"], manifest["kind"]
        root = f"/apis/{version}" if "/" in version else f"/api/{version}"
        if (version, kind) not in self.resources:
            for resource in self.call("GET", root)["resources"]:
                if "/" not in resource["name"]:
                    self.resources[version, resource["kind"]] = resource
        if (version, kind) not in self.resources:
            raise RuntimeError(f"the cluster knows no {kind} of {version}")
        resource = self.resources[version, kind]
        metadata = manifest["metadata"]
        scope = f"/namespaces/{metadata['namespace']}" if resource["namespaced"] else ""
        return f"{root}{scope}/{resource['name']}/{metadata['name']}"

    def apply(self, manifest: dict[str, Any]) -> str:
        """Makes or changes an object; fields that others own are taken over."""
        path = self.path(manifest)
        self.call("PATCH", f"{path}?fieldManager={MANAGER}&force=true", manifest)
        return path

    def delete(self, manifest: dict[str, Any]) -> str:
        """Removes an object; one that is gone already is no error."""
        path = self.path(manifest)
        self.call("DELETE", path)
        return path


def handler(event: dict[str, Any], _context: object) -> dict[str, list[Any]]:
    """Applies `manifests` in their order, or deletes them in the other when the invocation goes.

    A deployment asks with `read` how objects are.
    """
    api = Api(os.environ["ENDPOINT"], os.environ["AUTHORITY"], token(os.environ["CLUSTER"]))
    if "read" in event:
        return {"objects": [api.call("GET", api.path(named)) for named in event["read"]]}
    manifests: list[dict[str, Any]] = event["manifests"]
    if event.get("tf", {}).get("action") == "delete":
        return {"deleted": [api.delete(manifest) for manifest in reversed(manifests)]}
    return {"applied": [api.apply(manifest) for manifest in manifests]}
