import { Bot, ChartNoAxesCombined, CreditCard, Moon, Radar, ShoppingBag, type LucideIcon } from "lucide-react";

interface Example {
  title: string;
  kind: string;
  icon: LucideIcon;
  brief: string;
}

/** One brief for each kind of system that can be designed. */
const EXAMPLES: Example[] = [
  {
    title: "Fraud detection",
    kind: "Online API",
    icon: CreditCard,
    brief:
      "Design an MLOps system for real-time fraud detection with sub-100ms latency, PCI DSS compliance, and auto-scaling for 10,000 requests/second.",
  },
  {
    title: "Nightly churn scores",
    kind: "Batch",
    icon: Moon,
    brief:
      "Score 2 million customers for churn every night in eu-central-1. GDPR applies, a small team of three runs it, and it may cost $800 a month.",
  },
  {
    title: "Product recommendations",
    kind: "Serverless",
    icon: ShoppingBag,
    brief:
      "Recommend products in our web shop within 150 ms for 20 requests per second, with quiet nights, retrained every week, for at most $600 a month in us-east-1.",
  },
  {
    title: "Sensor anomalies",
    kind: "Streaming",
    icon: Radar,
    brief:
      "Find anomalies in a stream of 2,000 sensor readings per second from our machines within two seconds of their arrival; readings are kept for a year.",
  },
  {
    title: "Answers from our handbook",
    kind: "Retrieval and language model",
    icon: Bot,
    brief:
      "Answer questions of 500 employees from 20,000 internal documents with citations, p95 below 4 seconds, inside the EU, for at most $2,500 a month.",
  },
  {
    title: "Demand forecast",
    kind: "Batch",
    icon: ChartNoAxesCombined,
    brief:
      "Forecast the demand of 30,000 products for the next 14 days, every morning before 6 o'clock, from three years of sales; explain each forecast to planners.",
  },
];

/** Templates to start from: choosing one fills the brief, which can then be changed. */
export function Examples({ onChoose }: { onChoose: (brief: string) => void }) {
  return (
    <section aria-label="Templates" className="flex flex-col gap-3">
      <h2 className="text-base">Or start from a template</h2>
      <ul className="grid gap-2 sm:grid-cols-2 lg:grid-cols-3">
        {EXAMPLES.map(({ title, kind, icon: Icon, brief }) => (
          <li key={title}>
            <button
              type="button"
              title={brief}
              className="flex w-full items-center gap-3 rounded-lg border border-line bg-surface p-3 text-left hover:border-line-strong hover:bg-sand"
              onClick={() => onChoose(brief)}
            >
              <Icon aria-hidden className="size-5 shrink-0 text-accent-ink" />
              <span className="flex min-w-0 flex-col">
                <span className="truncate text-sm font-medium">{title}</span>
                <span className="truncate text-xs text-ink-soft">{kind}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
