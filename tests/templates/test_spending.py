"""What docs/cost.md says of the budget and of the end of an environment is true of the plan."""

import re

import pytest

from libs.codegen.models import Blueprint
from libs.codegen.renderer import render
from tests.support.blueprints import churn_blueprint, fraud_blueprint
from tests.support.blueprints_rag import support_blueprint
from tests.templates.terraform.plans import with_options
from tests.templates.test_matrix import PLANS


def files_of(bp: Blueprint) -> dict[str, str]:
    return {
        file.path: file.content.decode() for file in render(bp) if not file.path.endswith((".png", ".gz"))
    }


class TestEnd:
    @pytest.mark.parametrize("bp", [fraud_blueprint(), support_blueprint("hosted")], ids=["ml", "rag"])
    def test_dev_and_staging_go_with_their_data_and_prod_does_not(self, bp: Blueprint) -> None:
        files = files_of(bp)
        assert (
            "dev and staging deletes everything that Terraform made there, with the data"
            in files["docs/cost.md"]
        )
        for environment, protect in (("dev", "false"), ("staging", "false"), ("prod", "true")):
            assert f"protect = {protect}" in files[f"infra/envs/{environment}/locals.tf"]

    def test_models_of_sagemaker_are_deleted_before_their_group(self) -> None:
        bp = with_options(churn_blueprint(), registry="sagemaker_registry")
        text = files_of(bp)["docs/cost.md"]
        assert f"list-model-packages --model-package-group-name {bp.project}-dev " in text
        assert text.index("delete-model-package") < text.index("infra/envs/dev destroy")

    @pytest.mark.parametrize(
        ("options", "named"),
        [
            ({"features": "sagemaker_feature_store"}, "in the Glue database `sagemaker_featurestore`"),
            ({"registry": "sagemaker_mlflow"}, "the model package groups that MLflow made"),
            ({"registry": "mlflow_fargate"}, "backups of the file system of MLflow"),
        ],
        ids=["table", "groups", "backups"],
    )
    def test_what_services_made_and_leave_behind_is_named(self, options: dict[str, str], named: str) -> None:
        assert named in files_of(with_options(churn_blueprint(), **options))["docs/cost.md"]

    def test_other_registries_need_no_such_thing(self) -> None:
        bp = with_options(churn_blueprint(), registry="s3_manifest_registry")
        assert "model-package" not in files_of(bp)["docs/cost.md"]

    def test_a_tag_is_named_because_switches_ask_for_one(self) -> None:
        assert "infra/envs/dev destroy -var image_tag=none" in files_of(fraud_blueprint())["docs/cost.md"]


def plan_with(**options: str) -> Blueprint:
    """The first plan of the matrix that has the options."""
    return next(
        kind.blueprint(choice) for kind, choice in PLANS.values() if options.items() <= dict(choice).items()
    )


class TestBudget:
    """Models of Amazon Bedrock are named where no profile of the environment's own carries its tags."""

    @pytest.mark.parametrize(
        ("options", "named"),
        [
            (
                {"llm": "bedrock_gpt_oss_120b", "embeddings": "bedrock_titan_embeddings"},
                "the language model, the embeddings",
            ),
            ({"llm": "bedrock_nova_lite", "embeddings": "bedrock_cohere_embed_v4"}, "the embeddings"),
            (
                {"llm": "vllm_ecs_gpu", "guardrails": "llm_judge_guard"},
                "the embeddings, the judge of the guardrails",
            ),
        ],
        ids=["no-profile", "profile", "judge"],
    )
    def test_names_what_it_cannot_count(self, options: dict[str, str], named: str) -> None:
        files = files_of(plan_with(**options))
        found = re.search(r"no profile of the environment's own:\n  (.*)\.\n", files["docs/cost.md"])
        assert found is not None
        assert found[1].startswith(named)
        assert found[1] in files["docs/runbooks/incident.md"].split("## The bill")[1]

    def test_nothing_of_bedrock_is_named_where_nothing_calls_it(self) -> None:
        files = files_of(fraud_blueprint())
        assert (
            "Bedrock"
            not in files["docs/cost.md"] + files["docs/runbooks/incident.md"].split("## The bill")[1]
        )
