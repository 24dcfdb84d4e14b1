"""What every language model does, whoever answers."""

import time
from collections.abc import Callable, Iterator
from typing import Literal

import pytest
from pydantic import BaseModel, ConfigDict

from libs.llm.adapters.chain import ChainModel
from libs.llm.adapters.scripted import ScriptedAnswer, ScriptedModel
from libs.llm.port import LanguageModel, ModelAnswerMalformed, ModelRequest, ModelUnavailable
from tests.support import openai_server
from tests.support.openai_server import OpenAiServer, Reply

Scene = Literal["good", "malformed then good", "wrong type then good", "malformed", "hang", "fail"]
GOOD = {"title": "Fraud detection", "rows": 3}


class Proposal(BaseModel):
    """What the tests ask for."""

    model_config = ConfigDict(extra="forbid")

    title: str
    rows: int


def request(user: str = "text of a person") -> ModelRequest:
    return ModelRequest(prompt="intake_extract", prompt_sha256="0" * 64, system="Extract.", user=user)


def _scripted(scene: Scene) -> LanguageModel:
    good = ScriptedAnswer(answer=GOOD, input_tokens=11, output_tokens=7)
    malformed = ScriptedAnswer(kind="malformed", input_tokens=11, output_tokens=7)
    wrong = good.model_copy(update={"answer": {"title": "x", "rows": "many"}})
    lines = {
        "good": [good],
        "malformed then good": [malformed, good],
        "wrong type then good": [wrong, good],
        "malformed": [malformed],
        "hang": [ScriptedAnswer(kind="hang")],
        "fail": [ScriptedAnswer(kind="fail", text="HTTP 500")],
    }[scene]
    return ScriptedModel({"intake_extract": lines}, deadline_s=0.4 if scene == "hang" else 20)


def _chain(scene: Scene, server: OpenAiServer) -> LanguageModel:
    good, malformed = Reply('{"title": "Fraud detection", "rows": 3}'), Reply('{"title": "Frau')
    server.replies = {
        "good": [good],
        "malformed then good": [malformed, good],
        "wrong type then good": [Reply('{"title": "x", "rows": "many"}'), good],
        "malformed": [malformed],
        "hang": [Reply(wait_s=3)],
        "fail": [Reply(status=500)],
    }[scene]
    return ChainModel(
        "openai:served-model",
        deadline_s=0.4 if scene == "hang" else 20,
        options={"base_url": server.base_url, "api_key": "unused"},
    )


@pytest.fixture(scope="module")
def server() -> Iterator[OpenAiServer]:
    with openai_server.running() as running:
        yield running


@pytest.fixture(scope="module", autouse=True)
def _provider_is_imported() -> None:
    """Importing the provider takes seconds that belong to no test."""
    import langchain_openai  # noqa: F401


@pytest.fixture(params=["scripted", "chain"])
def model_in(request: pytest.FixtureRequest) -> Callable[[Scene], LanguageModel]:
    if request.param == "scripted":
        return _scripted
    running: OpenAiServer = request.getfixturevalue("server")
    return lambda scene: _chain(scene, running)


class TestPropose:
    async def test_gives_a_typed_answer_and_what_it_cost(
        self, model_in: Callable[[Scene], LanguageModel]
    ) -> None:
        reply = await model_in("good").propose(request(), Proposal)

        assert reply.answer == Proposal(title="Fraud detection", rows=3)
        assert (reply.usage.input_tokens, reply.usage.output_tokens, reply.usage.attempts) == (11, 7, 1)
        assert reply.usage.cost_usd is None

    @pytest.mark.parametrize("scene", ["malformed then good", "wrong type then good"])
    async def test_asks_once_more_when_the_answer_does_not_fit(
        self, model_in: Callable[[Scene], LanguageModel], scene: Scene
    ) -> None:
        reply = await model_in(scene).propose(request(), Proposal)

        assert reply.answer.rows == 3
        assert (reply.usage.input_tokens, reply.usage.attempts) == (22, 2)

    async def test_gives_up_after_two_answers_that_do_not_fit(
        self, model_in: Callable[[Scene], LanguageModel]
    ) -> None:
        with pytest.raises(ModelAnswerMalformed) as caught:
            await model_in("malformed").propose(request(), Proposal)

        assert caught.value.facts["output_tokens"] == 14

    async def test_does_not_wait_beyond_the_deadline(
        self, model_in: Callable[[Scene], LanguageModel]
    ) -> None:
        model = model_in("hang")
        started = time.monotonic()

        with pytest.raises(ModelUnavailable, match=r"within 0\.4 s|Timeout"):
            await model.propose(request(), Proposal)

        assert time.monotonic() - started < 2.5

    async def test_a_provider_that_fails_is_told(self, model_in: Callable[[Scene], LanguageModel]) -> None:
        with pytest.raises(ModelUnavailable, match="HTTP 500"):
            await model_in("fail").propose(request(), Proposal)
