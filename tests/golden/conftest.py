"""What lies here is rendered output: its tests run in the environment of generated code, not in ours."""

collect_ignore_glob = ["*"]
