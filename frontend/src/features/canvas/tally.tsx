import { Outcome } from "./outcome";

/** How many came out how, the worst first. */
export function Tally({ outcomes }: { outcomes: readonly string[] }) {
  const counts = ["fail", "warn", "skipped", "not_applicable", "pass"]
    .map((outcome) => ({ outcome, count: outcomes.filter((each) => each === outcome).length }))
    .filter(({ count }) => count);
  return (
    <ul aria-label="In figures" className="flex flex-wrap gap-3 text-sm">
      {counts.map(({ outcome, count }) => (
        <li key={outcome} className="flex items-center gap-1">
          <span className="tabular-nums">{count}</span> <Outcome outcome={outcome} />
        </li>
      ))}
    </ul>
  );
}
