"""The adapter over LangChain, against a real HTTP server on loopback."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import BaseModel

from libs.llm.adapters.chain import BadModelName, ChainModel
from libs.llm.port import ModelRequest, ModelUnavailable
from tests.support import openai_server
from tests.support.openai_server import OpenAiServer, Reply

QUESTION = ModelRequest(prompt="p", prompt_sha256="0" * 64, system="You extract.", user="Brief of a person")


class Proposal(BaseModel):
    """A title."""

    title: str


@pytest.fixture
def server() -> Iterator[OpenAiServer]:
    with openai_server.running() as running:
        yield running


def model(server: OpenAiServer, name: str = "openai:served-model") -> ChainModel:
    return ChainModel(
        name, deadline_s=20, max_tokens=321, options={"base_url": server.base_url, "api_key": "sent-key"}
    )


class TestWhatIsSent:
    async def test_system_and_user_text_stay_apart(self, server: OpenAiServer) -> None:
        server.replies = [Reply('{"title": "x"}')]

        await model(server).propose(QUESTION, Proposal)

        [sent] = server.requests
        assert [(m["role"], m["content"]) for m in sent["messages"]] == [
            ("system", "You extract."),
            ("user", "Brief of a person"),
        ]
        assert sent["model"] == "served-model"
        assert 321 in (sent.get("max_tokens"), sent.get("max_completion_tokens"))

    async def test_the_schema_is_asked_for(self, server: OpenAiServer) -> None:
        server.replies = [Reply('{"title": "x"}')]

        await model(server).propose(QUESTION, Proposal)

        [tool] = server.requests[0]["tools"]
        assert tool["function"]["parameters"]["required"] == ["title"]
        assert server.requests[0]["tool_choice"]["function"]["name"] == tool["function"]["name"]

    async def test_the_repair_says_what_was_wrong_and_not_what_was_said(self, server: OpenAiServer) -> None:
        server.replies = [Reply('{"title": {"hostile": "words"}}'), Reply('{"title": "x"}')]

        await model(server).propose(QUESTION, Proposal)

        repair = server.requests[1]["messages"][-1]["content"]
        assert "title" in repair
        assert "hostile" not in repair


class TestWhatComesBack:
    @pytest.mark.parametrize("text", ['{"title": "x"}', '```json\n{"title": "x"}\n```'])
    async def test_a_model_that_answers_in_text_is_understood(self, server: OpenAiServer, text: str) -> None:
        server.replies = [Reply(text=text)]

        assert (await model(server).propose(QUESTION, Proposal)).answer.title == "x"

    async def test_the_usage_names_provider_and_model(self, server: OpenAiServer) -> None:
        server.replies = [Reply('{"title": "x"}')]

        usage = (await model(server).propose(QUESTION, Proposal)).usage

        assert (usage.provider, usage.model) == ("openai", "served-model")

    async def test_a_failing_provider_is_tried_twice_and_no_more(self, server: OpenAiServer) -> None:
        server.replies = [Reply(status=500)]

        with pytest.raises(ModelUnavailable) as caught:
            await model(server).propose(QUESTION, Proposal)

        assert len(server.requests) == 2
        assert caught.value.facts["status"] == 500
        assert "sent-key" not in f"{caught.value.message} {caught.value.facts}"

    async def test_a_server_that_is_not_there_is_told(self) -> None:
        with openai_server.running() as gone:
            pass

        with pytest.raises(ModelUnavailable, match="ConnectionError"):
            await model(gone).propose(QUESTION, Proposal)


class TestSettingUp:
    @pytest.mark.parametrize("name", ["", "gpt", "openai:", ":gpt"])
    def test_refuses_a_name_without_provider_or_model(self, name: str) -> None:
        with pytest.raises(BadModelName):
            ChainModel(name)

    async def test_an_unknown_provider_is_told(self) -> None:
        with pytest.raises(ModelUnavailable, match="cannot be set up"):
            await ChainModel("nobody:model").propose(QUESTION, Proposal)

    async def test_a_missing_key_is_told(self, monkeypatch: pytest.MonkeyPatch) -> None:
        for name in ("OPENAI_API_KEY", "OPENAI_ADMIN_KEY"):
            monkeypatch.delenv(name, raising=False)

        with pytest.raises(ModelUnavailable) as caught:
            await ChainModel("openai:gpt").propose(QUESTION, Proposal)

        assert "key is set" in caught.value.advice

    def test_importing_the_adapter_imports_no_provider(self) -> None:
        code = "import sys, libs.llm.adapters.chain; print([m for m in sys.modules if 'langchain' in m])"

        ended = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, check=True, cwd=Path(__file__).parents[3]
        )

        assert ended.stdout.strip() == b"[]"
