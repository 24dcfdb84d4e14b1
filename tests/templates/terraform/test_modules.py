"""What holds for every Terraform module as a file, whichever plan it lands in."""

import re
from datetime import date

from libs.codegen.checks.licence_policy import PROVIDERS
from libs.codegen.checks.policy import judged
from libs.planning.policies.packs import load_packs
from libs.planning.policies.terraform import terraform_input
from tests.conftest import ROOT

AWS = ROOT / "libs" / "codegen" / "templates" / "terraform" / "aws"
TODAY = date(2026, 11, 1)


def _configurations() -> dict[str, str]:
    return {
        path.relative_to(AWS).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted((AWS / "modules").rglob("*.tf"))
    }


def test_keep_the_rules_that_always_apply() -> None:
    """No plan of the catalogue may begin with a broken rule."""
    files = _configurations()
    needs = {
        "compliance": [],
        "data_classification": "internal",
        "archetype": "ml_online",
        "ml_task": "classification",
    }
    _, findings = judged(AWS, sorted(files), terraform_input(files), needs, load_packs(), TODAY)
    open_ = [
        (f.check_id, f.path, f.line, f.message)
        for f in findings
        if not f.suppressed and f.path.startswith("modules/")
    ]
    assert open_ == []


def test_take_providers_whose_licence_is_known() -> None:
    named = {
        source
        for text in _configurations().values()
        for source in re.findall(r'source\s*=\s*"(\w+/\w+)"', text)
    }
    assert named
    assert named <= set(PROVIDERS)
