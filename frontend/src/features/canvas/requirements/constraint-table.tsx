import { percent, plain, words } from "@/shared/lib/format";
import { WideTable } from "../wide-table";

/** A constraint as a decision set holds it. */
export interface Constraint {
  field: string;
  value: unknown;
  source: "stated" | "inferred" | "answered" | "default";
  confidence: number;
  quote: { text: string } | null;
  reason: string;
}

const SOURCES: Record<Constraint["source"], string> = {
  stated: "Stated",
  answered: "Answered",
  inferred: "Inferred",
  default: "Assumed",
};

/** What the design has to keep, and the words or the reason each of it comes from. */
export function ConstraintTable({ constraints }: { constraints: readonly Constraint[] }) {
  const order = Object.keys(SOURCES);
  const sorted = [...constraints].sort((one, other) => order.indexOf(one.source) - order.indexOf(other.source));
  return (
    <WideTable label="Constraints">
      <thead className="border-b border-line text-xs text-ink-soft">
        <tr>
          <th scope="col">Requirement</th>
          <th scope="col">Value</th>
          <th scope="col">Source</th>
          <th scope="col">Why</th>
        </tr>
      </thead>
      <tbody className="divide-y divide-line">
        {sorted.map((constraint) => (
          <tr key={constraint.field}>
            <th scope="row" className="align-top">
              {words(constraint.field)}
            </th>
            <td>{plain(constraint.value)}</td>
            <td>
              {SOURCES[constraint.source] ?? constraint.source}
              {constraint.source === "inferred" ? <span className="block text-xs text-ink-soft">{percent(constraint.confidence)} sure</span> : null}
            </td>
            <td className="min-w-40 text-ink-soft">{constraint.quote ? <q className="italic">{constraint.quote.text}</q> : constraint.reason}</td>
          </tr>
        ))}
      </tbody>
    </WideTable>
  );
}
