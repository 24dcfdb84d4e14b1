import { expect, it } from "vitest";
import { languageOf } from "./languages";

it.each([
  ["src/a/app.py", "python"],
  ["infra/main.tf", "terraform"],
  ["infra/modules/x/tests/a.tftest.hcl", "hcl"],
  ["Makefile", "make"],
  ["docker/Dockerfile.serve", "docker"],
  [".github/workflows/ci.yml", "yaml"],
  ["uv.lock", "toml"],
  ["requirements.lock", null],
  ["LICENSE", null],
  ["constructor", null],
])("%s is %s", (path, language) => expect(languageOf(path)).toBe(language));
