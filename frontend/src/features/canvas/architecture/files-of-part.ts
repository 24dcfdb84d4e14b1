import type { Slot } from "../slots";

const MODULE_OF_SLOT = /^module "([a-z0-9_]+)" \{[^}]*?source\s*=\s*"(?:\.\.\/)+modules\/([a-z0-9_]+)"/gm;

/** Where the code of a part stands, beside its infrastructure. */
const CODE: Partial<Record<Slot, readonly RegExp[]>> = {
  ingest: [/^src\/[^/]+\/ingest\.py$/, /^src\/[^/]+\/jobs\/landing\.py$/],
  store: [/^src\/[^/]+\/stores\//, /^data\//],
  process: [/^src\/[^/]+\/jobs\/process\.py$/],
  features: [/^src\/[^/]+\/(features\.py|online_features\/)/],
  orchestrate: [/^pipelines\//, /^pipeline\.json$/],
  train: [/^src\/[^/]+\/(train|tune|ensemble)\.py$/, /^src\/[^/]+\/jobs\/train\.py$/, /^config\/train\.yaml$/, /^docker\/train\./],
  registry: [/^src\/[^/]+\/(register\.py|registry\/)/],
  serve: [/^src\/[^/]+\/serve\//, /^docker\/serve\./],
  llm: [/^src\/[^/]+\/models\//, /^prompts\//],
  vector_store: [/^src\/[^/]+\/stores\//],
  embeddings: [/^src\/[^/]+\/embeddings\//],
  guardrails: [/^src\/[^/]+\/guards\//],
  evaluation: [/^src\/[^/]+\/(evaluation\/|evaluate\.py)/],
  observe: [/^monitoring\//, /^src\/[^/]+\/monitoring\//],
  cicd: [/^\.github\//, /^\.gitlab-ci\.yml$/, /^(Jenkinsfile|azure-pipelines\.yml|bitbucket-pipelines\.yml)$/, /^\.circleci\//, /^ci\//, /^infra\/bootstrap\//],
};

/** Which Terraform module an environment calls for each slot. */
export function modulesOf(environment: readonly string[]): Map<string, string> {
  return new Map(environment.flatMap((text) => [...text.matchAll(MODULE_OF_SLOT)].map(([, slot, module]) => [slot, module] as [string, string])));
}

/** The files that a part of the design became: its decision record, its module, its code. */
export function filesOfPart(slot: Slot, option: string, paths: readonly string[], modules: ReadonlyMap<string, string>): string[] {
  const record = new RegExp(`^docs/adr/\\d+-${slot.replaceAll("_", "-")}-`);
  const folders = new Set([modules.get(slot) ?? option, option]);
  const isModule = (path: string): boolean => [...folders].some((folder) => path.startsWith(`infra/modules/${folder}/`));
  const code = CODE[slot] ?? [];
  return paths.filter((path) => record.test(path) || isModule(path) || code.some((pattern) => pattern.test(path)));
}

/** The files of one environment that call the modules. */
export const environmentFiles = (paths: readonly string[]): string[] =>
  ["main", "data", "ml"].map((name) => `infra/envs/prod/${name}.tf`).filter((path) => paths.includes(path));
