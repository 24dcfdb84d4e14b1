"""Requests to a gateway that demands IAM credentials are signed; others are sent as they are."""

import asyncio

import pytest

from fraud_api.load.client import Client
from fraud_api.load.signing import signer
from fraud_api.running.errors import UsageError

GATEWAY = "https://a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com"


def sent(monkeypatch, url: str) -> bytes:
    """What a client writes for one request."""
    written: list[bytes] = []

    class Writer:
        write = staticmethod(written.append)

        async def drain(self) -> None:
            return

        def close(self) -> None:
            return

        def is_closing(self) -> bool:
            return True

    async def opened(host, port, ssl=None):
        reader = asyncio.StreamReader()
        reader.feed_data(b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n")
        return reader, Writer()

    monkeypatch.setattr(asyncio, "open_connection", opened)
    assert asyncio.run(Client(url, "/path").status(b'{"a": 1}')) == 200
    return b"".join(written)


class TestSigning:
    @pytest.fixture
    def credentials(self, monkeypatch):
        pytest.importorskip("botocore", reason="the package boto3 is not installed")
        for name in ("ACCESS_KEY_ID", "SECRET_ACCESS_KEY", "SESSION_TOKEN"):
            monkeypatch.setenv(f"AWS_{name}", name.lower())

    def test_a_gateway_gets_the_signature_of_the_body(self, credentials, monkeypatch):
        head, body = sent(monkeypatch, GATEWAY).split(b"\r\n\r\n")
        lines = [line.partition(": ") for line in head.decode().split("\r\n")]
        fields = {name.lower(): value for name, _, value in lines[1:]}
        assert body == b'{"a": 1}'
        assert lines[0][0] == "POST /path HTTP/1.1"
        assert fields["x-amz-security-token"] == "session_token"
        assert "/eu-central-1/execute-api/aws4_request" in fields["authorization"]
        named = fields["authorization"].split("SignedHeaders=")[1].split(",")[0].split(";")
        assert set(named) <= fields.keys()
        sign = signer(f"{GATEWAY}/path")
        assert sign(b"1")["Authorization"] != sign(b"2")["Authorization"]

    def test_without_credentials_it_says_so(self, credentials, monkeypatch):
        monkeypatch.setattr("botocore.session.Session.get_credentials", lambda self: None)
        with pytest.raises(UsageError, match="credentials"):
            signer(f"{GATEWAY}/path")

    @pytest.mark.parametrize(
        "url",
        [
            "http://127.0.0.1:8000",
            "https://service.example.com",
            "https://x.execute-api.eu-central-1.amazonaws.com.example.com",
        ],
    )
    def test_others_are_asked_as_they_are(self, monkeypatch, url):
        assert signer(f"{url}/path") is None
        assert b"authorization" not in sent(monkeypatch, url).lower()
