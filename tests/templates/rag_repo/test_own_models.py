"""Models on machines of one's own: what Terraform says of them and what the code asks of them fit together."""

import re
from pathlib import Path

import httpx
import pytest

from tests.support.blueprints_rag import SIZES, support_blueprint
from tests.templates.rag_repo.test_files import rendered
from tests.templates.terraform.plans import ENABLED, write_infrastructure
from tests.templates.terraform.test_planned import planned

SERVED = [
    ("own machines", "llm", "models/openai.py"),
    ("endpoints", "guardrails", "guards/model.py"),
    ("hosted", "embeddings", "embeddings/http.py"),
    ("in memory", "embeddings", "embeddings/http.py"),
]


def _called(kind: str, slot: str) -> str:
    """The call of the slot's module in prod."""
    found = re.search(
        rf'^module "{slot}" \{{\n(.*?)^\}}', rendered(kind)["infra/envs/prod/llm.tf"], re.M | re.S
    )
    assert found is not None
    return found[1]


def _value(text: str, pattern: str) -> str:
    found = re.search(pattern, text)
    assert found is not None, pattern
    return found[1]


class TestAddresses:
    @pytest.mark.parametrize(("kind", "slot", "client"), SERVED)
    def test_hold_the_path_of_the_protocol_once(self, kind: str, slot: str, client: str) -> None:
        files, call = rendered(kind), _called(kind, slot)
        module = _value(call, r'modules/(\w+)"')
        told = _value(files[f"infra/modules/{module}/outputs.tf"], r'endpoint_variable\) = "([^"]+)"')
        host = _value(call, r'host\s+= "(\w+)"')
        path = re.search(r'path\s+= "([^"]*)"', call)
        base = told.replace("${local.host}", f"{host}.models").replace("${var.path}", path[1] if path else "")
        asked = _value(files[f"src/help_desk/{client}"], r'"(/[\w/]+)"')
        url = str(httpx.Client(base_url=base).build_request("POST", asked).url)
        assert re.fullmatch(rf"https://{host}\.models/v1/(chat/completions|embeddings)", url)


class TestContext:
    def test_a_server_keeps_memory_for_what_was_planned(self) -> None:
        planned = SIZES["vllm_ecs_gpu"]["context_tokens"]
        assert f'"--max-model-len={planned}"' in _called("own machines", "llm")
        assert re.search(rf"context_tokens\s+= {planned}\n", _called("endpoints", "llm"))

    def test_a_guard_reads_question_and_answer(self) -> None:
        assert int(_value(_called("endpoints", "guardrails"), r"--max-model-len=(\d+)")) >= 8192


@pytest.mark.long
@pytest.mark.shared
class TestCertificate:
    def test_of_a_name_that_no_authority_certifies_is_refused(self, shared_dir: Path, tmp_path: Path) -> None:
        given = {"models_certificate_arn": ENABLED["certificate_arn"]}
        root = write_infrastructure(support_blueprint("own machines"), tmp_path, given)
        (diagnostic,) = planned(shared_dir, root, "envs/dev")["diagnostics"]
        assert "below .internal" in str(diagnostic)
