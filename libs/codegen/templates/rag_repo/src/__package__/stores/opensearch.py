"""OpenSearch, as a domain (`es`) or a serverless collection (`aoss`): similarity, words and filters.

A serverless vector collection gives documents names of its own. So passages are found by the field `passage_id`
and removed by the name that the search returns, which works in a domain as well.

A domain has roles besides those of IAM, and its master user is the role of indexing
(`infra/modules/opensearch_domain`): each run of it lets those read who search.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import httpx
import numpy as np

from ..passages import Passage
from ..settings import Settings
from .port import Hit, Scope, StoreUnavailable

INDEX = "passages"
_SECURITY, _READER = "/_plugins/_security/api", "passages_reader"
_BATCH = 500
_CONNECT_SECONDS, _READ_SECONDS = 3, 30
Signer = Callable[[str, str, bytes], Mapping[str, str]]
"""Gives the headers of a request from method, address and body."""


class OpenSearchStore:
    """One index behind one address."""

    def __init__(
        self, client: httpx.Client, sign: Signer, dimensions: int, readers: Sequence[str] = (), nodes: int = 0
    ) -> None:
        """Takes a client whose base address is the endpoint.

        Args:
            client: with base address and timeouts.
            sign: adds the signature of the role.
            dimensions: numbers in a vector.
            readers: roles of IAM that search; only a domain has to be told.
            nodes: data nodes of a domain; 0 for a collection, which spreads the index itself.
        """
        self._client = client
        self._sign = sign
        self._dimensions = dimensions
        self._readers = list(readers)
        self._nodes = nodes

    def clear(self) -> None:
        """Removes the index: its field of vectors has one length."""
        self._request("DELETE", f"/{INDEX}", missing_is_fine=True)

    def prepare(self) -> None:
        """Lets the readers in and creates the index where it is missing."""
        if self._readers:
            permission = {"index_patterns": [f"{INDEX}*"], "allowed_actions": ["read"]}
            self._request("PUT", f"{_SECURITY}/roles/{_READER}", {"index_permissions": [permission]})
            self._request("PUT", f"{_SECURITY}/rolesmapping/{_READER}", {"backend_roles": self._readers})
        if self._request("HEAD", f"/{INDEX}", missing_is_fine=True) is not None:
            return
        keyword = {"type": "keyword"}
        vector = {
            "type": "knn_vector",
            "dimension": self._dimensions,
            "method": {"name": "hnsw", "engine": "faiss", "space_type": "innerproduct"},
        }
        fields = ("passage_id", "document_id", "source", "category", "access")
        properties = {
            **dict.fromkeys(fields, keyword),
            **dict.fromkeys(("title", "section", "text"), {"type": "text"}),
            **dict.fromkeys(("position", "tokens"), {"type": "integer"}),
            "vector": vector,
        }
        self._request(
            "PUT",
            f"/{INDEX}",
            {"settings": {"index.knn": True, **self._spread()}, "mappings": {"properties": properties}},
        )

    def _spread(self) -> dict[str, int]:
        """A shard for each node, and a copy of it in another zone: the domain is planned for both.

        One copy survives the loss of a zone, of two as of three; a node alone has no place for a copy.
        """
        if not self._nodes:
            return {}
        return {"index.number_of_shards": self._nodes, "index.number_of_replicas": int(self._nodes > 1)}

    def put(self, passages: Sequence[Passage], vectors: np.ndarray) -> None:
        """Removes passages of the same name, then adds."""
        self.delete([passage.passage_id for passage in passages])
        lines: list[Any] = []
        for passage, vector in zip(passages, vectors, strict=True):
            fields = {**passage.to_json(), "access": list(passage.access)}
            lines += [{"index": {}}, {**fields, "vector": [float(n) for n in vector]}]
        for start in range(0, len(lines), 2 * _BATCH):
            self._bulk(lines[start : start + 2 * _BATCH])

    def delete(self, passage_ids: Sequence[str]) -> None:
        """Finds the names that the store gave, then removes them."""
        for batch in _batches(passage_ids):
            found = self._search({"size": _BATCH * 2, "_source": False, "query": {"terms": {"passage_id": batch}}})
            if found:
                self._bulk([{"delete": {"_id": hit["_id"]}} for hit in found])

    def nearest(self, vector: np.ndarray, count: int, scope: Scope) -> list[Hit]:
        """By the inner product of unit vectors, which is the cosine; filtered while searching."""
        numbers = [float(number) for number in vector]
        knn = {"vector": numbers, "k": count, "filter": {"bool": {"filter": _filters(scope)}}}
        found = self._search({"size": count, "query": {"knn": {"vector": knn}}})
        return [Hit(_passage(hit), _cosine(float(hit["_score"]))) for hit in found]

    def matching(self, question: str, count: int, scope: Scope) -> list[Hit] | None:
        """By BM25 over title, heading and text."""
        match = {"multi_match": {"query": question, "fields": ["title^2", "section", "text"]}}
        query = {"bool": {"must": [match], "filter": _filters(scope)}}
        found = self._search({"size": count, "query": query})
        return [Hit(_passage(hit), float(hit["_score"])) for hit in found]

    def _search(self, body: dict[str, Any]) -> list[dict[str, Any]]:
        answer = self._request("POST", f"/{INDEX}/_search", body)
        found: list[dict[str, Any]] = answer["hits"]["hits"]
        return found

    def _bulk(self, lines: Sequence[Any]) -> None:
        answer = self._request("POST", f"/{INDEX}/_bulk", lines)
        failed = [
            outcome
            for item in answer["items"]
            for outcome in item.values()
            if outcome["status"] >= 300 and outcome["status"] != 404
        ]
        if failed:
            raise StoreUnavailable(f"OpenSearch: {len(failed)} writes failed, first: {failed[0]}")

    def _request(self, method: str, path: str, body: Any = None, *, missing_is_fine: bool = False) -> Any:
        lines = isinstance(body, list)
        content = b"" if body is None else _encoded(body)
        kind = "application/x-ndjson" if lines else "application/json"
        url = str(self._client.base_url.join(path))
        try:
            headers = {**self._sign(method, url, content), "content-type": kind}
            response = self._client.request(method, path, content=content, headers=headers)
            if missing_is_fine and response.status_code == httpx.codes.NOT_FOUND:
                return None
            response.raise_for_status()
            return response.json() if response.content else {}
        except (httpx.HTTPError, ValueError) as error:
            raise StoreUnavailable(f"OpenSearch: {error}") from error


def connect(settings: Settings, dimensions: int) -> OpenSearchStore:
    """`OPENSEARCH_ENDPOINT`, signed for `OPENSEARCH_SERVICE` (`es` or `aoss`).

    A domain also has `OPENSEARCH_READERS`, the roles that search, and `OPENSEARCH_NODES`, the number of its data nodes.
    """
    endpoint = settings.address("OPENSEARCH_ENDPOINT")
    address = endpoint if "://" in endpoint else f"https://{endpoint}"
    sign = role_signer(settings.get("OPENSEARCH_SERVICE", "es"), settings.need("AWS_REGION"))
    readers = [role for role in settings.get("OPENSEARCH_READERS").split(",") if role]
    nodes = int(settings.get("OPENSEARCH_NODES", "0"))
    timeout = httpx.Timeout(min(_READ_SECONDS, settings.patience.seconds), connect=_CONNECT_SECONDS)
    return OpenSearchStore(httpx.Client(base_url=address, timeout=timeout), sign, dimensions, readers, nodes)


def role_signer(service: str, region: str) -> Signer:
    """Signs with the credentials of the role (Signature Version 4), the digest of the body included."""
    from hashlib import sha256

    from botocore.auth import SigV4Auth
    from botocore.awsrequest import AWSRequest
    from botocore.session import Session

    credentials = Session().get_credentials()

    def sign(method: str, url: str, body: bytes) -> Mapping[str, str]:
        request = AWSRequest(method=method, url=url, data=body)
        request.headers["X-Amz-Content-SHA256"] = sha256(body).hexdigest()
        SigV4Auth(credentials.get_frozen_credentials(), service, region).add_auth(request)
        return dict(request.headers.items())

    return sign


def _encoded(body: Any) -> bytes:
    if isinstance(body, list):
        return "".join(json.dumps(line) + "\n" for line in body).encode()
    return json.dumps(body).encode()


def _filters(scope: Scope) -> list[dict[str, Any]]:
    equal = [{"term": {name: value}} for name, value in sorted(scope.equal.items())]
    return [{"terms": {"access": list(scope.groups)}}, *equal]


def _cosine(score: float) -> float:
    """The inner product from the score of the faiss engine: 1 + p for p ≥ 0, else 1 / (1 - p)."""
    return score - 1 if score >= 1 else 1 - 1 / score


def _passage(hit: Mapping[str, Any]) -> Passage:
    return Passage.from_json(hit["_source"])


def _batches(names: Sequence[str]) -> Iterator[list[str]]:
    for start in range(0, len(names), _BATCH):
        yield list(names[start : start + _BATCH])
