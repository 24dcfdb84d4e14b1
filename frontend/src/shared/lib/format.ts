/** Figures, dates and names as people read them. */

import { serverNow } from "./server-clock";

const USD = new Intl.NumberFormat("en-US", { style: "currency", currency: "USD", maximumFractionDigits: 0 });
const CENTS = new Intl.NumberFormat("en-US", { style: "currency", currency: "USD" });
const FINE_CENTS = new Intl.NumberFormat("en-US", { style: "currency", currency: "USD", maximumFractionDigits: 4 });
const NUMBER = new Intl.NumberFormat("en-US", { maximumFractionDigits: 2 });

/** Dollars; below ten with cents, and with as many digits as the amount needs where it is a matter of cents. */
export function usd(amount: number | null | undefined): string {
  if (amount === null || amount === undefined) return "unknown";
  const size = Math.abs(amount);
  if (size === 0 || size >= 10) return USD.format(amount);
  return (size < 0.1 ? FINE_CENTS : CENTS).format(amount);
}

/** A change of dollars, with its sign. */
export function usdChange(amount: number): string {
  const sign = amount > 0 ? "+" : amount < 0 ? "−" : "±";
  return `${sign}${usd(Math.abs(amount))}`;
}

export const figure = (value: number): string => NUMBER.format(value);

/** `1 file`, `2 files`. */
export const counted = (count: number, one: string, many = `${one}s`): string => `${figure(count)} ${count === 1 ? one : many}`;

export const percent = (share: number, digits = 0): string => `${(share * 100).toFixed(digits)} %`;

/** Milliseconds up to a second, then seconds. */
export function milliseconds(value: number): string {
  return value < 1000 ? `${Math.round(value)} ms` : `${(value / 1000).toFixed(1)} s`;
}

/** Seconds as a clock reads them: `0.4 s`, `12 s`, `3:05`, `1:02:09`. */
export function duration(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.floor(seconds)} s`;
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, Math.floor(seconds % 60)];
  const padded = String(s).padStart(2, "0");
  return h ? `${h}:${String(m).padStart(2, "0")}:${padded}` : `${m}:${padded}`;
}

export function bytes(count: number): string {
  if (count < 1000) return `${count} B`;
  if (count < 1_000_000) return `${(count / 1000).toFixed(count < 10_000 ? 1 : 0)} KB`;
  return `${(count / 1_000_000).toFixed(1)} MB`;
}

/** How long ago, in the largest unit that says something. */
export function ago(at: string | Date, now: number = serverNow()): string {
  const seconds = Math.max(0, (now - new Date(at).getTime()) / 1000);
  if (seconds < 60) return "just now";
  const units: [number, string][] = [[86_400, "day"], [3600, "hour"], [60, "minute"]];
  for (const [size, name] of units) {
    const count = Math.floor(seconds / size);
    if (count) return `${count} ${name}${count > 1 ? "s" : ""} ago`;
  }
  return "just now";
}

export const dateTime = (at: string): string =>
  new Date(at).toLocaleString("en-GB", { dateStyle: "medium", timeStyle: "short" });

/** Words that are written in another way than they are spelled in a name. */
const SPELLED: Readonly<Record<string, string>> = {
  azs: "zones", rps: "requests/s", hitl: "human", pct: "%", cicd: "CI/CD", vcpu: "vCPU", vcpus: "vCPUs",
  apis: "APIs", cpus: "CPUs", gpus: "GPUs", ids: "IDs", llms: "LLMs", slas: "SLAs", slos: "SLOs", urls: "URLs",
  aws: "AWS", cloudhsm: "CloudHSM", cloudwatch: "CloudWatch", dynamodb: "DynamoDB", eventbridge: "EventBridge", github: "GitHub",
  gitlab: "GitLab", mlflow: "MLflow", mlops: "MLOps", opensearch: "OpenSearch", pgvector: "pgvector", sagemaker: "SageMaker", vllm: "vLLM",
};

/** Words of initials, which stay capitals wherever they stand. */
const INITIALS = new Set(
  (
    "ai api arn az ccpa cd cdn ci cli cpu csv db dms dns dr dss ebs ec2 ecr ecs efs eks elb emr eni etl eu ferpa gb gdpr gib gpu " +
    "hipaa hsm http https iam id iops ip iso json jwt kb kms kpi llm mb mfa ml mlp msk mwaa nat nlp oidc onnx pci pdf phi pii qa " +
    "rag ram rbac rds rpo rto s3 sdk sftp sla sli slo sms sns soc soc2 sox sql sqs ssd sso ssl tb tf tls tpu ttl ui url usd utc " +
    "uuid vpc vpn waf xml yaml"
  ).split(" "),
);

const spelled = (part: string): string => SPELLED[part] ?? (INITIALS.has(part) ? part.toUpperCase() : part);

/** A capital at the beginning; the other letters stay as they are. */
export const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** `latency_ms_p95` → `Latency ms p95`, `gdpr_api` → `GDPR API`; capitals that are there stay, and so does what is
 * written in words already. */
export function words(name: string): string {
  if (/\s/.test(name.trim())) return sentence(name);
  const [first = "", ...others] = name.replace(/usd_month$/, "usd_a_month").split(/[_\-.\s]+/).filter(Boolean).map(spelled);
  // A word with capitals inside, such as `vCPU`, begins as it does.
  const begun = /[A-Z]/.test(first) ? first : first.charAt(0).toUpperCase() + first.slice(1);
  return [begun, ...others].join(" ");
}

/** Any JSON value in one line. */
export function plain(value: unknown): string {
  if (value === null || value === undefined) return "none";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number") return figure(value);
  if (Array.isArray(value)) return value.length ? value.map(plain).join(", ") : "none";
  if (typeof value === "object") return Object.entries(value).map(([key, part]) => `${words(key)} ${plain(part)}`).join(", ");
  const text = String(value);
  // A name from a list of the program's own, such as `batch_inference`; codes like `eu-central-1` are what people write.
  if (/^[a-z][a-z0-9]*(_[a-z0-9]+)+$/.test(text)) return text.split("_").map(spelled).join(" ");
  return spelled(text);
}
