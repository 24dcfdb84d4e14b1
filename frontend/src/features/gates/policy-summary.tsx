import { CircleCheck, OctagonX, ShieldCheck, TriangleAlert } from "lucide-react";
import Link from "next/link";
import type { Schemas } from "@/shared/api/client";
import { paths } from "@/shared/config/paths";
import { Badge } from "@/shared/ui/badge";
import { Button } from "@/shared/ui/button";
import { numberIn, waiversOf } from "./gate";
import { nameOf } from "./wording";

interface PolicySummaryProps {
  shown: Record<string, unknown>;
  results: readonly Schemas["PolicyResult"][];
  designId: string;
  busy: boolean;
  /** Absent where whoever reads this may not. */
  onWithdraw?: (rule: string) => void;
}

/** How many policies pass, warn and fail; those that do not pass by name. */
export function PolicySummary({ shown, results, designId, busy, onWithdraw }: PolicySummaryProps) {
  const counts = countsOf(shown, results);
  if (!counts) return null;
  const failing = results.filter(({ outcome }) => outcome === "fail");
  const warning = results.filter(({ outcome }) => outcome === "warn");
  return (
    <section aria-label="Policies" className="flex flex-col gap-2 text-sm">
      <div className="flex flex-wrap items-center gap-2">
        <h3 className="font-medium">Policies</h3>
        <Badge tone="good">
          <CircleCheck aria-hidden />
          {counts.pass} pass
        </Badge>
        <Badge tone={counts.warn ? "warn" : "plain"}>
          <TriangleAlert aria-hidden />
          {counts.warn} warn
        </Badge>
        <Badge tone={counts.fail ? "bad" : "plain"}>
          <OctagonX aria-hidden />
          {counts.fail} fail
        </Badge>
        <Link href={paths.run(designId, "policy")} className="text-xs text-accent-ink underline">
          All of them
        </Link>
      </div>
      {failing.length ? <Rules label="Failing" results={failing} open /> : null}
      {warning.length ? <Rules label="Warning" results={warning} open={false} /> : null}
      <Waivers shown={shown} busy={busy} onWithdraw={onWithdraw} />
    </section>
  );
}

/** Failing rules that somebody accepted for this design: whoever approves it approves them too. Once a waiver is withdrawn
 * the rule fails again. */
function Waivers({ shown, busy, onWithdraw }: Pick<PolicySummaryProps, "shown" | "busy" | "onWithdraw">) {
  const waivers = waiversOf(shown);
  if (!waivers.length) return null;
  return (
    <div className="flex flex-col gap-2 rounded border border-warn bg-warn-wash p-3">
      <p className="font-medium">Waived for this design</p>
      <ul className="flex flex-col gap-2">
        {waivers.map(({ rule, owner, reason, expires }) => (
          <li key={rule} className="flex flex-col gap-0.5">
            <code className="text-xs break-all">{rule}</code>
            <span className="break-words">
              {nameOf(owner)} accepts it until <time dateTime={expires}>{expires}</time>: {reason}
            </span>
            {onWithdraw ? (
              <Button kind="quiet" className="self-start" disabled={busy} onClick={() => onWithdraw(rule)}>
                <ShieldCheck aria-hidden />
                Withdraw <span className="sr-only">the waiver of {rule}</span>
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Rules({ label, results, open }: { label: string; results: readonly Schemas["PolicyResult"][]; open: boolean }) {
  return (
    <details open={open}>
      <summary className="min-h-6 text-xs text-ink-soft">{`${label} (${results.length})`}</summary>
      <ul className="flex flex-col gap-2 pt-2">
        {results.map((result, index) => (
          <li key={index} className="flex flex-col gap-0.5 border-l-2 border-line-strong pl-3">
            <code className="text-xs break-all">{result.rule}</code>
            <span className="break-words">{result.message}</span>
            {result.fix ? <span className="text-xs text-ink-soft">What helps: {result.fix}</span> : null}
            {result.waiver ? (
              <span className="text-xs text-ink-soft">{`Accepted by ${result.waiver.owner} until ${result.waiver.expires}: ${result.waiver.reason}`}</span>
            ) : null}
          </li>
        ))}
      </ul>
    </details>
  );
}

function countsOf(shown: Record<string, unknown>, results: PolicySummaryProps["results"]): { pass: number; warn: number; fail: number } | null {
  const counted = shown.policies;
  if (typeof counted === "object" && counted !== null) {
    const of = (outcome: string): number => numberIn(counted as Record<string, unknown>, outcome) ?? 0;
    return { pass: of("pass"), warn: of("warn"), fail: of("fail") };
  }
  if (!results.length) return null;
  const of = (wanted: string): number => results.filter(({ outcome }) => outcome === wanted).length;
  return { pass: of("pass"), warn: of("warn"), fail: of("fail") };
}
