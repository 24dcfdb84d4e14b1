"""The HTTP service, asked in process: no socket is opened."""

import asyncio
import sys
import threading

import httpx
import pytest
from fastapi.responses import JSONResponse

from fraud_api.serve import __main__ as program
from fraud_api.serve import app
from fraud_api.serve.app import MAX_BYTES, MAX_EXPLAINED, MAX_ROWS, create_app
from fraud_api.serve.prediction import PredictionService


class Client:
    """Sends requests straight into the app."""

    def __init__(self, app) -> None:
        self._app = app

    def request(self, method: str, path: str, **options) -> httpx.Response:
        async def send() -> httpx.Response:
            transport = httpx.ASGITransport(app=self._app)
            async with httpx.AsyncClient(transport=transport, base_url="http://service") as http:
                return await http.request(method, path, **options)

        return asyncio.run(send())

    def get(self, path: str) -> httpx.Response:
        return self.request("GET", path)

    def predict(self, rows: object) -> httpx.Response:
        return self.request("POST", "/predict", json={"rows": rows})


@pytest.fixture(scope="module")
def client(trained) -> Client:
    return Client(create_app(trained.model))


class TestPredict:
    def test_agrees_with_the_model(self, client, predictor, rows):
        response = client.predict(rows)
        assert response.status_code == 200
        expected = {**predictor.predict(rows).to_json(), "model": predictor.version}
        assert response.json() == expected

    def test_names_row_and_column_of_an_error(self, client, rows, required):
        name = required
        response = client.predict([rows[0], {**rows[1], name: None}])
        assert response.status_code == 200
        assert response.json()["predictions"][0] is not None
        assert [(e["row"], e["column"]) for e in response.json()["errors"]] == [(1, name)]

    def test_a_request_without_a_good_row_is_refused(self, client):
        assert client.predict([{"no such column": 1}]).status_code == 422

    @pytest.mark.parametrize("rows", [[], "text", [1], [{}] * (MAX_ROWS + 1)])
    def test_a_body_of_the_wrong_shape_is_refused(self, client, rows):
        assert client.predict(rows).status_code == 422

    def test_a_huge_body_is_refused_before_it_is_read(self, client):
        response = client.request("POST", "/predict", content=b" " * (MAX_BYTES + 1))
        assert response.status_code == 413

    @pytest.mark.parametrize("path", ["/predict", "/invocations"])
    def test_a_body_that_hides_its_size_is_read_no_further(self, client, path):
        async def chunks():
            for _ in range(10):
                yield b" " * (MAX_BYTES // 4)

        response = client.request("POST", path, content=chunks())
        assert response.status_code == 413


class TestExplain:
    @pytest.mark.parametrize("path", ["/predict", "/invocations"])
    def test_says_how_much_each_column_moved_each_score(self, client, predictor, rows, path):
        asked = [*rows[:2], {"no such column": 1}]
        body = client.request("POST", path, json={"rows": asked, "explain": True}).json()
        assert body["explanations"] == predictor.contributions(asked)
        names = {column.name for column in predictor.contract.features}
        assert [share and set(share) for share in body["explanations"]] == [names, names, None]

    def test_is_off_by_default(self, client, rows):
        assert "explanations" not in client.predict(rows[:1]).json()

    @pytest.mark.parametrize("explain", ["yes", 1, None])
    def test_is_true_or_false(self, client, rows, explain):
        response = client.request("POST", "/predict", json={"rows": rows[:1], "explain": explain})
        assert response.status_code == 422

    def test_has_a_bounded_cost(self, client, rows):
        many = [rows[0]] * (MAX_EXPLAINED + 1)
        response = client.request("POST", "/predict", json={"rows": many, "explain": True})
        assert response.status_code == 422
        assert str(MAX_EXPLAINED) in response.text
        assert client.predict(many).status_code == 200

    def test_is_described(self, client):
        schemas = client.get("/openapi.json").json()["components"]["schemas"]
        assert schemas["PredictRequest"]["properties"]["explain"]["default"] is False


class TestProbes:
    def test_ready_with_a_model(self, client, predictor):
        for path in ("/readyz", "/ready", "/ping"):
            assert client.get(path).json() == {"status": "ready", "model": predictor.version}

    def test_alive_but_not_ready_without_a_model(self, tmp_path, rows):
        empty = Client(create_app(tmp_path))
        assert empty.get("/healthz").status_code == 200
        assert empty.get("/readyz").status_code == 503
        assert empty.predict(rows).status_code == 503


class TestPlaces:
    def test_what_finds_no_place_is_refused_and_probes_never_are(self, trained, rows, monkeypatch):
        over = threading.Event()

        def answer(*_) -> JSONResponse:
            over.wait(60)
            return JSONResponse({})

        monkeypatch.setattr(PredictionService, "answer", answer)

        async def scene() -> None:
            transport = httpx.ASGITransport(app=create_app(trained.model))
            async with httpx.AsyncClient(transport=transport, base_url="http://service") as http:
                body = {"rows": rows[:1]}
                asked = (http.post("/predict", json=body) for _ in range(app.PLACES))
                held = [asyncio.create_task(one) for one in asked]
                for path in ("/healthz", "/health", "/readyz", "/ready", "/ping", "/metrics"):
                    assert (await asyncio.wait_for(http.get(path), 10)).status_code == 200
                for path in ("/predict", "/invocations"):
                    refused = await asyncio.wait_for(http.post(path, json=body), 10)
                    assert (refused.status_code, refused.headers["retry-after"]) == (503, "1")
                over.set()
                assert {response.status_code for response in await asyncio.gather(*held)} == {200}
                assert (await http.post("/predict", json=body)).status_code == 200
                counted = (await http.get("/metrics")).text
                assert 'requests_total{path="/predict",status="503"} 2.0' in counted

        try:
            asyncio.run(scene())
        finally:
            over.set()


class TestProcess:
    def test_keeps_idle_connections_longer_than_a_load_balancer(self, tmp_path, monkeypatch):
        asked: dict[str, object] = {}
        monkeypatch.setattr(program.uvicorn, "run", lambda app, **options: asked.update(options))
        monkeypatch.setattr(sys, "argv", ["serve", "--model", str(tmp_path)])
        monkeypatch.delenv("MODEL_URI", raising=False)
        program.main()
        assert int(str(asked["timeout_keep_alive"])) > 60


class TestMetrics:
    def test_counts_requests_and_rows(self, trained, rows):
        client = Client(create_app(trained.model))
        client.predict(rows)
        client.get("/nowhere")
        text = client.get("/metrics").text
        assert 'rows_total{outcome="predicted"} ' + f"{len(rows)}.0" in text
        assert 'requests_total{path="/predict",status="200"} 1.0' in text
        assert 'requests_total{path="other",status="404"} 1.0' in text

    def test_counts_a_request_that_has_crashed_the_service(self, trained, rows, monkeypatch):
        client = Client(create_app(trained.model))
        monkeypatch.setattr(PredictionService, "answer", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            client.predict(rows)
        assert 'requests_total{path="/predict",status="500"} 1.0' in client.get("/metrics").text
