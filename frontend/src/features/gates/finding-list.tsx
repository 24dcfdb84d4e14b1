import { CircleX, Info, TriangleAlert, type LucideIcon } from "lucide-react";
import type { Schemas } from "@/shared/api/client";

type Finding = Schemas["Finding"];

const SIGNS: Record<Finding["severity"], { icon: LucideIcon; label: string; className: string }> = {
  error: { icon: CircleX, label: "Error", className: "text-bad" },
  warning: { icon: TriangleAlert, label: "Warning", className: "text-warn" },
  info: { icon: Info, label: "Note", className: "text-ink-soft" },
};
const ORDER: readonly Finding["severity"][] = ["error", "warning", "info"];

/** What the critics say about the design, the gravest first. */
export function FindingList({ findings }: { findings: readonly Finding[] }) {
  if (!findings.length) return null;
  const sorted = findings.toSorted((a, b) => Number(b.blocking) - Number(a.blocking) || ORDER.indexOf(a.severity) - ORDER.indexOf(b.severity));
  const grave = sorted.filter(({ severity, blocking }) => blocking || severity === "error");
  const notes = sorted.filter((finding) => !grave.includes(finding));
  return (
    <section aria-label="Findings" className="flex flex-col gap-2 text-sm">
      <h3 className="font-medium">{findings.length === 1 ? "1 finding" : `${findings.length} findings`}</h3>
      <List findings={grave} />
      {notes.length ? (
        <details>
          <summary className="min-h-6 text-xs text-ink-soft">{`Warnings and notes (${notes.length})`}</summary>
          <div className="pt-2">
            <List findings={notes} />
          </div>
        </details>
      ) : null}
    </section>
  );
}

function List({ findings }: { findings: readonly Finding[] }) {
  if (!findings.length) return null;
  return (
    <ul className="flex flex-col gap-2">
      {findings.map((finding, index) => {
        const { icon: Icon, label, className } = SIGNS[finding.severity];
        return (
          <li key={index} className="flex gap-2">
            <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${className}`} />
            <span className="flex min-w-0 flex-col gap-0.5">
              <span className="break-words">
                <span className={`font-medium ${className}`}>{finding.blocking ? `${label}, blocking` : label}:</span> {finding.message}
              </span>
              {finding.fix ? <span className="text-xs text-ink-soft">What helps: {finding.fix}</span> : null}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
