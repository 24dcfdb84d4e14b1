"""Runs inside the sandbox: reads the named Terraform files as policies see them and prints the blocks.

It is sent to the interpreter as text; the product's own reader is shown to it beside the tree.
"""

import json
import sys
from pathlib import Path


def main() -> None:
    """Root of the tree and folder of the product as arguments, relative paths on stdin."""
    root, product = sys.argv[1:]
    sys.path.insert(0, product)
    from libs.planning.errors import TerraformUnreadable
    from libs.planning.policies.terraform import terraform_input

    try:
        files = {path: Path(root, path).read_text(encoding="utf-8") for path in json.load(sys.stdin)}
        read, problem = terraform_input(files), ""
    except (TerraformUnreadable, UnicodeDecodeError) as error:
        read, problem = {}, str(error)
    json.dump({"terraform": read, "problem": problem}, sys.stdout)


main()
