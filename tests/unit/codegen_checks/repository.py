"""A small repository in the shape of generated ones, clean unless a test plants something."""

from libs.codegen.models import RenderedFile
from libs.codegen.payload import pack

ENVIRONMENT = """\
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
  }
}

module "queue" {
  source = "../../modules/queue"
  name   = "jobs"
}
"""

MODULE = """\
variable "name" {
  type = string
}

resource "aws_sqs_queue" "this" {
  name                    = var.name
  sqs_managed_sse_enabled = true
}
"""

CLEAN = {
    "README.md": "# Example\n",
    "pyproject.toml": '[tool.pytest.ini_options]\npythonpath = ["src"]\n',
    "src/example/__init__.py": '"""An example."""\n\n\ndef twice(number: int) -> int:\n    return 2 * number\n',
    "tests/test_example.py": "from example import twice\n\n\ndef test_twice() -> None:\n    assert twice(2) == 4\n",
    "infra/modules/queue/main.tf": MODULE,
    "infra/envs/dev/main.tf": ENVIRONMENT,
    "infra/envs/prod/main.tf": ENVIRONMENT,
}


def payload(changes: dict[str, str | None] | None = None) -> bytes:
    """The zip of the clean repository with files changed, added or (None) left out."""
    contents = CLEAN | (changes or {})
    return pack(
        [
            RenderedFile(path=path, content=content.encode())
            for path, content in contents.items()
            if content is not None
        ]
    )
