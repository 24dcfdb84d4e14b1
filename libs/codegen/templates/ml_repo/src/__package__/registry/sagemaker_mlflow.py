"""The managed MLflow server of SageMaker: found by its ARN, each request is signed by the role."""

from __future__ import annotations

from collections.abc import Generator, Mapping
from typing import Any, Self

import httpx

from ..aws.clients import role_credentials
from ..running.files import sha256_of
from .mlflow import MlflowRegistry

_SERVICE = "sagemaker-mlflow"
_SERVER_HEADER = "x-mlflow-sm-tracking-server-arn"
_TIMEOUT_S = 30.0


class SageMakerMlflowRegistry(MlflowRegistry):
    """Speaks MLflow; `MLFLOW_TRACKING_URI` is the ARN of the tracking server."""

    @classmethod
    def from_environment(cls, variables: Mapping[str, str]) -> Self:
        """The server that the variables name."""
        arn, model = (variables[name] for name in cls.VARIABLES)
        region = arn.split(":")[3]
        http = httpx.Client(
            base_url=f"https://{region}.experiments.sagemaker.aws",
            timeout=_TIMEOUT_S,
            transport=httpx.HTTPTransport(retries=3),
            auth=RoleSignature(arn, region),
        )
        return cls(http, model)


class RoleSignature(httpx.Auth):
    """Signs requests with Signature Version 4 and says which server is meant."""

    requires_request_body = True

    def __init__(self, arn: str, region: str, credentials: Any = None) -> None:
        """
        Args:
            arn: of the tracking server.
            region: that it is in.
            credentials: to sign with; those of the role when left out.
        """
        self._arn = arn
        self._region = region
        self._credentials = credentials

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Adds the headers of the signature."""
        from botocore.auth import SigV4Auth
        from botocore.awsrequest import AWSRequest

        # Signature Version 4 knows a space as %20 only, a form of HTML as a plus.
        request.url = request.url.copy_with(query=request.url.query.replace(b"+", b"%20") or None)
        credentials = self._credentials or role_credentials()[0]
        # Only what proxies do not touch is signed.
        headers = {
            _SERVER_HEADER: self._arn,
            "X-Amz-Content-SHA256": sha256_of(request.content),
            "Host": request.url.host,
        }
        plain = AWSRequest(request.method, str(request.url), headers, request.content)
        SigV4Auth(credentials, _SERVICE, self._region).add_auth(plain)
        request.headers.update(dict(plain.headers.items()))
        yield request
