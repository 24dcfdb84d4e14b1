import { words } from "@/shared/lib/format";
import { attemptsOf, type Attempt, type Gate } from "./gate";

/** What was tried before a person was asked: how each attempt to write the repository came out, and why. */
export function Attempts({ gate }: { gate: Gate }) {
  const attempts = attemptsOf(gate);
  if (!attempts.length) return null;
  return (
    <section aria-label="What was tried" className="flex flex-col gap-1">
      {attempts.map((attempt, index) => (
        <details key={index} open={index === attempts.length - 1}>
          <summary className="min-h-6">
            {`Attempt ${index + 1} of ${attempts.length}, red: ${attempt.red.map(words).join(", ")}`}
          </summary>
          <Findings attempt={attempt} />
        </details>
      ))}
    </section>
  );
}

function Findings({ attempt }: { attempt: Attempt }) {
  if (!attempt.findings.length) return <p className="pl-3 text-ink-soft">No place in a file was named.</p>;
  return (
    <ul className="flex flex-col gap-1 border-l-2 border-line-strong py-1 pl-3">
      {attempt.findings.map(({ check, place, message }, index) => (
        <li key={index} className="flex flex-col">
          <span className="text-xs text-ink-soft">
            {words(check)}
            {place ? <code className="ml-2 break-all">{place}</code> : null}
          </span>
          <span className="break-words">{message}</span>
        </li>
      ))}
    </ul>
  );
}
