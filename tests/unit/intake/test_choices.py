"""Fields with a closed set of values: compliance, class, deployment, GPUs, cloud."""

import pytest

from tests.unit.intake.reading import checked, value_of


@pytest.mark.parametrize(
    ("text", "regimes"),
    [
        ("PCI DSS compliance", ["PCI-DSS"]),
        ("DPO says GDPR", ["GDPR"]),
        ("Wegen der DSGVO und der Kunden muss das so sein", ["GDPR"]),
        ("hay que cumplir el RGPD y la ley de la empresa", ["GDPR"]),
        ("This is PHI, so HIPAA.", ["HIPAA"]),
        ("SOC 2 Type II report, and PCI-DSS level 1", ["SOC2", "PCI-DSS"]),
        ("Law 25 applies, as does GDPR.", ["LAW25", "GDPR"]),
        ("la loi 25 s'applique et les données sont au Québec", ["LAW25"]),
        ("not HIPAA. GDPR applies.", ["GDPR"]),
        ("no HIPAA, PCI or SOC 2; only GDPR", ["GDPR"]),
        ("HIPAA does not apply, GDPR does.", ["GDPR"]),
    ],
)
def test_regimes_that_apply(text: str, regimes: list[str]) -> None:
    assert value_of("compliance", text) == regimes


@pytest.mark.parametrize(
    "text", ["not HIPAA", "not PCI either", "Compliance: legal to check", "a secure system"]
)
def test_regimes_ruled_out_or_open(text: str) -> None:
    assert value_of("compliance", text) is None


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("Data are classified RESTRICTED.", "restricted"),
        ('under hospital policy that is the "restricted" class', "restricted"),
        ('All content is classified "Sensitive" under our policy.', "sensitive"),
        ("The data is confidential.", "sensitive"),
        ("It counts as internal.", "internal"),
        ("The scenes are for internal use under the licence.", "internal"),
        ("Everything has been published already, so it is all public.", "public"),
        ("data classification: internal", "internal"),
        ("We use open data.", "public"),
        ("Die Daten sind vertraulich und nicht für alle.", "sensitive"),
    ],
)
def test_data_classes(text: str, level: str) -> None:
    assert value_of("data_classification", text) == level


@pytest.mark.parametrize(
    "text",
    [
        "Any public cloud may be offered.",
        "Internal audit wants a report.",
        "Data: confidential??",
        "a public API",
    ],
)
def test_words_that_classify_nothing(text: str) -> None:
    assert value_of("data_classification", text) is None


@pytest.mark.parametrize(
    ("text", "preference"),
    [
        ("k8s", "kubernetes"),
        ("Runs on our EKS cluster.", "kubernetes"),
        ("I'd go for serverless.", "serverless"),
        ("Lambda functions would be nice.", "serverless"),
        ("Packaged as containers; the choice of orchestrator is left to the bidder.", "containers"),
        ("Docker images, please.", "containers"),
        ("We prefer managed services.", "managed"),
        ("Preferimos servicios gestionados para que no haya servidores.", "managed"),
        ("No Kubernetes, serverless instead.", "serverless"),
    ],
)
def test_deployment_preferences(text: str, preference: str) -> None:
    assert value_of("deployment_preference", text) == preference


@pytest.mark.parametrize(
    "text",
    [
        "please no kubernetes",
        "no Kubernetes, nobody here wants to babysit it",
        "Whether it runs on Kubernetes or on something else is up to you.",
        "We track shipping containers.",
        "without Kubernetes",
        "Out of scope: real-time scoring, GPUs, Kubernetes.",
        "Kubernetes exclu.",
    ],
)
def test_no_deployment_preference(text: str) -> None:
    assert value_of("deployment_preference", text) is None


def test_serverless_and_kubernetes_are_a_conflict() -> None:
    extraction = checked("It must be fully serverless. It must run on our Kubernetes cluster.")

    assert extraction.find("deployment_preference") is None
    assert [conflict.code for conflict in extraction.conflicts] == ["intake.two_deployments"]


@pytest.mark.parametrize(
    ("text", "needed"),
    [
        ("so yes, GPUs", True),
        ("training jobs on at least four A100s", True),
        ("GPU required for training", True),
        ("no GPU!!", False),
        ("CPU only", False),
        ("procurement won't get GPUs this year", False),
        ("without GPUs", False),
        ("Wir haben keine GPUs und brauchen sie nicht.", False),
        ("sin GPU, que no hay presupuesto para eso", False),
        ("GPUs are not needed", False),
    ],
)
def test_gpus(text: str, needed: bool) -> None:
    assert value_of("gpu_needed", text) is needed


@pytest.mark.parametrize(
    "text", ["If a GPU is needed we can buy one.", "It was trained on eight V100s.", "fast"]
)
def test_gpus_left_open(text: str) -> None:
    assert value_of("gpu_needed", text) is None


@pytest.mark.parametrize(
    ("text", "cloud"),
    [
        ("All in GCP.", "gcp"),
        ("on AWS", "aws"),
        ("Azure, West Europe, AKS.", "azure"),
        ("Runs on GKE like everything else.", "gcp"),
        ("not AWS. We left two years ago. It's Google Cloud", "gcp"),
        ("everything is in eu-west-1", "aws"),
        ("data lands in BigQuery", "gcp"),
        ("We are moving from AWS to Azure.", "azure"),
    ],
)
def test_clouds(text: str, cloud: str) -> None:
    assert value_of("cloud", text) == cloud


@pytest.mark.parametrize(
    "text", ["Any public cloud.", "AWS or GCP, we don't care.", "hosted in Frankfurt", "not AWS"]
)
def test_no_cloud(text: str) -> None:
    assert value_of("cloud", text) is None
