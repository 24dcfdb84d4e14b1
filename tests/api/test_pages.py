"""A built page: its content policies, its compressed files, what browsers may keep."""

import gzip
import json
from pathlib import Path

import httpx
import pytest

from api.main import create_app
from libs.bootstrap import Services
from libs.core.settings import Settings
from tests.api.conftest import client_of
from tests.api.expect import problem

HASH = "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
OTHER = "'sha256-LCa0a2j/xo/5m0U8HTBBNBNCLXBkg7+g+YpeiGJm564='"
SCRIPT = b"console.log(1);\n" * 200


class TestBuiltPage:
    @pytest.fixture
    def settings(self, settings: Settings, tmp_path: Path) -> Settings:
        out = tmp_path / "out"
        for name, content in {
            "index.html": b"<!doctype html><title>Home</title>",
            "runs/index.html": b"<!doctype html><title>Run</title>",
            "404.html": b"<!doctype html><title>Nothing</title>",
            "_next/static/app.js": SCRIPT,
            "_next/static/app.js.gz": gzip.compress(SCRIPT),
            "icon.svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
            "script-hashes.json": json.dumps(
                {"index.html": [HASH], "runs/index.html": [], "404.html": [OTHER]}
            ).encode(),
        }.items():
            (out / name).parent.mkdir(parents=True, exist_ok=True)
            (out / name).write_bytes(content)
        return settings.model_copy(update={"page_dir": out})

    async def test_each_page_may_run_what_stood_in_it_when_it_was_built(
        self, client: httpx.AsyncClient
    ) -> None:
        home = (await client.get("/")).headers["content-security-policy"]
        run = (await client.get("/runs/?id=ds_1")).headers["content-security-policy"]

        assert f"script-src 'self' {HASH};" in home
        assert "script-src 'self';" in run
        assert "unsafe-eval" not in home + run
        assert "'unsafe-inline'" not in home.split("script-src")[1].split(";")[0]

    async def test_the_page_for_what_is_not_there_may_run_its_own_scripts_too(
        self, client: httpx.AsyncClient
    ) -> None:
        missing = await client.get("/nothing-here")

        assert missing.status_code == 404
        assert f"script-src 'self' {OTHER};" in missing.headers["content-security-policy"]

    async def test_other_files_keep_the_policy_of_every_answer(self, client: httpx.AsyncClient) -> None:
        policy = (await client.get("/icon.svg")).headers["content-security-policy"]

        assert "script-src" not in policy
        assert policy.startswith("default-src 'self'")

    async def test_what_is_named_by_its_content_is_kept_and_the_rest_asked_for_again(
        self, client: httpx.AsyncClient
    ) -> None:
        assert "immutable" in (await client.get("/_next/static/app.js")).headers["cache-control"]
        assert (await client.get("/")).headers["cache-control"] == "no-cache"

    async def test_sends_the_compressed_twin_to_who_can_read_it(self, client: httpx.AsyncClient) -> None:
        packed = await client.get("/_next/static/app.js", headers={"Accept-Encoding": "gzip"})
        plain = await client.get("/_next/static/app.js", headers={"Accept-Encoding": "identity"})

        assert packed.content == plain.content == SCRIPT
        assert packed.headers["content-encoding"] == "gzip"
        assert int(packed.headers["content-length"]) < len(SCRIPT) / 4
        assert "content-encoding" not in plain.headers
        for each in (packed, plain):
            assert set(each.headers["vary"].split(", ")) == {"Accept-Encoding"}
        assert packed.headers["content-type"] == plain.headers["content-type"]

    async def test_is_not_sent_again_while_it_is_the_same(self, client: httpx.AsyncClient) -> None:
        first = await client.get("/")

        again = await client.get("/", headers={"If-None-Match": first.headers["etag"]})

        assert again.status_code == 304
        # A browser gives the page that it kept the headers of this answer.
        for name in ("content-security-policy", "etag", "cache-control"):
            assert again.headers[name] == first.headers[name]

    async def test_the_list_of_hashes_is_nobodys_page(self, client: httpx.AsyncClient) -> None:
        problem(await client.get("/script-hashes.json"), 404)

    async def test_a_missing_file_and_the_way_out_of_the_folder_are_404(
        self, client: httpx.AsyncClient
    ) -> None:
        for path in ("/nothing.js", "/..%2f..%2fpyproject.toml", "/%2e%2e/script-hashes.json"):
            answer = await client.get(path)
            assert answer.status_code == 404
            assert "sha256" not in answer.text + answer.headers.get("etag", "")

    async def test_never_answers_below_api(self, client: httpx.AsyncClient) -> None:
        problem(await client.get("/api/index.html"), 404)


async def test_without_a_folder_the_api_still_answers(settings: Settings, services: Services) -> None:
    app = create_app(settings.model_copy(update={"page_dir": Path("/nowhere")}), services)
    async with client_of(app) as client:
        problem(await client.get("/"), 404)
        assert (await client.get("/healthz")).status_code == 200
