/** Figures, dates and names as people read them. */

const USD = new Intl.NumberFormat("en-US", { style: "currency", currency: "USD", maximumFractionDigits: 0 });
const CENTS = new Intl.NumberFormat("en-US", { style: "currency", currency: "USD", maximumFractionDigits: 4 });
const NUMBER = new Intl.NumberFormat("en-US", { maximumFractionDigits: 2 });

/** Dollars; below ten with as many digits as the amount needs. */
export function usd(amount: number | null | undefined): string {
  if (amount === null || amount === undefined) return "unknown";
  return Math.abs(amount) < 10 && amount !== 0 ? CENTS.format(amount) : USD.format(amount);
}

/** A change of dollars, with its sign. */
export function usdChange(amount: number): string {
  const sign = amount > 0 ? "+" : amount < 0 ? "−" : "±";
  return `${sign}${usd(Math.abs(amount))}`;
}

export const figure = (value: number): string => NUMBER.format(value);

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
export function ago(at: string | Date, now: number = Date.now()): string {
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

const SHORT_WORDS: Record<string, string> = {
  ml: "ML", llm: "LLM", ci: "CI", cd: "CD", aws: "AWS", gpu: "GPU", rps: "requests/s", usd: "USD", gb: "GB", ms: "ms",
  p95: "p95", rpo: "RPO", rto: "RTO", hitl: "human", pct: "%", sla: "SLA", dss: "DSS", pci: "PCI", soc: "SOC",
  ecs: "ECS", eks: "EKS", ec2: "EC2", sqs: "SQS", emr: "EMR", cpu: "CPU", vcpu: "vCPU", api: "API", sql: "SQL", rds: "RDS", s3: "S3", gdpr: "GDPR", hipaa: "HIPAA", iam: "IAM",
};

/** `latency_ms_p95` → `Latency ms p95`. */
export function words(name: string): string {
  const text = name.split(/[_\-.]/).map((part) => SHORT_WORDS[part] ?? part).join(" ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Any JSON value in one line. */
export function plain(value: unknown): string {
  if (value === null || value === undefined) return "none";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number") return figure(value);
  if (Array.isArray(value)) return value.length ? value.map(plain).join(", ") : "none";
  if (typeof value === "object") return Object.entries(value).map(([key, part]) => `${words(key)} ${plain(part)}`).join(", ");
  return String(value);
}
