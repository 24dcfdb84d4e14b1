import type { LanguageRegistration } from "shiki/types";
import { baseOf } from "./tree";

type Grammar = () => Promise<{ default: LanguageRegistration[] }>;

/** Each grammar is a file of its own that is fetched when the first file of its language is opened. */
export const GRAMMARS = {
  python: () => import("shiki/langs/python.mjs"),
  terraform: () => import("shiki/langs/terraform.mjs"),
  hcl: () => import("shiki/langs/hcl.mjs"),
  yaml: () => import("shiki/langs/yaml.mjs"),
  json: () => import("shiki/langs/json.mjs"),
  toml: () => import("shiki/langs/toml.mjs"),
  markdown: () => import("shiki/langs/markdown.mjs"),
  docker: () => import("shiki/langs/docker.mjs"),
  shellscript: () => import("shiki/langs/shellscript.mjs"),
  make: () => import("shiki/langs/make.mjs"),
  sql: () => import("shiki/langs/sql.mjs"),
  ini: () => import("shiki/langs/ini.mjs"),
} satisfies Record<string, Grammar>;

export type Language = keyof typeof GRAMMARS;

const BY_ENDING: Record<string, Language> = {
  py: "python", pyi: "python", tf: "terraform", tfvars: "terraform", hcl: "hcl", yaml: "yaml", yml: "yaml",
  json: "json", jsonl: "json", ipynb: "json", toml: "toml", md: "markdown", sh: "shellscript", bash: "shellscript",
  sql: "sql", ini: "ini", cfg: "ini", conf: "ini", env: "ini", properties: "ini", dockerfile: "docker", mk: "make",
};

const BY_NAME: Record<string, Language> = {
  dockerfile: "docker", makefile: "make", "uv.lock": "toml", ".env": "ini", ".env.example": "ini", ".editorconfig": "ini",
};

/** The language of a file by its name; null for plain text. */
export function languageOf(path: string): Language | null {
  const name = baseOf(path).toLowerCase();
  if (Object.hasOwn(BY_NAME, name)) return BY_NAME[name] ?? null;
  if (name.startsWith("dockerfile.")) return "docker";
  const ending = name.slice(name.lastIndexOf(".") + 1);
  return Object.hasOwn(BY_ENDING, ending) ? (BY_ENDING[ending] ?? null) : null;
}
