"""Versions in an MLflow server, over REST: runs hold the figures, an alias names the one in use."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar, Self

from .versions import ModelVersion, RegistryError

if TYPE_CHECKING:
    import httpx

ALIAS = "current"
_TAG = "version_digest"
_TIMEOUT_S = 30.0


class MlflowRegistry:
    """A registered model and the experiment of the same name."""

    VARIABLES: ClassVar[tuple[str, ...]] = ("MLFLOW_TRACKING_URI", "PROJECT")

    def __init__(self, http: httpx.Client, model: str) -> None:
        """
        Args:
            http: a client whose base address is the server.
            model: name of the registered model.
        """
        self._http = http
        self._model = model

    @classmethod
    def from_environment(cls, variables: Mapping[str, str]) -> Self:
        """The server that the variables name."""
        import httpx

        address, model = (variables[name] for name in cls.VARIABLES)
        transport = httpx.HTTPTransport(retries=3)
        http = httpx.Client(base_url=address, timeout=_TIMEOUT_S, transport=transport)
        return cls(http, model)

    def register(self, model: ModelVersion) -> str:
        """Records the figures as a finished run and adds the version; its number in MLflow."""
        self._create("registered-models/create", {"name": self._model})
        found = self._find(model.version)
        if found is not None:
            return found
        run = self._record(model)
        body = {
            "name": self._model,
            "source": model.uri,
            "run_id": run,
            "tags": [{"key": _TAG, "value": model.version}],
        }
        made = self._call("POST", "model-versions/create", body)
        return str(made["model_version"]["version"])

    def promote(self, version: str) -> None:
        """Points the alias to the version.

        Raises:
            RegistryError: it is not registered.
        """
        number = self._find(version)
        if number is None:
            raise RegistryError(f"version {version} is not registered as {self._model}")
        body = {"name": self._model, "alias": ALIAS, "version": number}
        self._call("POST", "registered-models/alias", body)

    def current(self) -> str | None:
        """The version that the alias points to."""
        query = {"name": self._model, "alias": ALIAS}
        answer = self._send("GET", "registered-models/alias", params=query)
        if answer.status_code in (400, 404):
            return None
        tags = self._read(answer)["model_version"].get("tags", [])
        return next((str(tag["value"]) for tag in tags if tag["key"] == _TAG), None)

    def _record(self, model: ModelVersion) -> str:
        self._create("experiments/create", {"name": self._model})
        query = {"experiment_name": self._model}
        experiment = self._call("GET", "experiments/get-by-name", params=query)["experiment"]
        now = int(time.time() * 1000)
        body = {
            "experiment_id": experiment["experiment_id"],
            "run_name": model.version,
            "start_time": now,
        }
        run = str(self._call("POST", "runs/create", body)["run"]["info"]["run_id"])
        metrics = [
            {"key": name, "value": value, "timestamp": now, "step": 0}
            for name, value in model.metrics.items()
        ]
        params = [{"key": name, "value": value} for name, value in model.evidence.items()]
        self._call("POST", "runs/log-batch", {"run_id": run, "metrics": metrics, "params": params})
        self._call("POST", "runs/update", {"run_id": run, "status": "FINISHED", "end_time": now})
        return run

    def _find(self, version: str) -> str | None:
        token = ""
        while True:
            name = self._model.replace("'", "")
            query = {"filter": f"name = '{name}'", "max_results": "200"}
            more = {"page_token": token} if token else {}
            page = self._call("GET", "model-versions/search", params=query | more)
            for found in page.get("model_versions", []):
                tags = {tag["key"]: tag["value"] for tag in found.get("tags", [])}
                if tags.get(_TAG) == version:
                    return str(found["version"])
            token = page.get("next_page_token", "")
            if not token:
                return None

    def _create(self, path: str, body: dict[str, Any]) -> None:
        answer = self._send("POST", path, body)
        if "RESOURCE_ALREADY_EXISTS" not in answer.text:
            self._read(answer)

    def _call(
        self,
        method: str,
        path: str,
        body: dict[str, Any] | None = None,
        params: dict[str, str] | None = None,
    ) -> dict[str, Any]:
        return self._read(self._send(method, path, body, params))

    def _send(
        self,
        method: str,
        path: str,
        body: dict[str, Any] | None = None,
        params: dict[str, str] | None = None,
    ) -> httpx.Response:
        return self._http.request(method, f"/api/2.0/mlflow/{path}", json=body, params=params)

    @staticmethod
    def _read(answer: httpx.Response) -> dict[str, Any]:
        if answer.is_error:
            raise RegistryError(f"MLflow answered {answer.status_code}: {answer.text[:300]}")
        value: dict[str, Any] = answer.json()
        return value
