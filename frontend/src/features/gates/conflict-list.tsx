import { TriangleAlert } from "lucide-react";
import { words } from "@/shared/lib/format";
import { Badge } from "@/shared/ui/badge";
import { conflictingOf, conflictsOf, relaxationsOf, type Gate } from "./gate";

/** What contradicts itself, each with the words it was read from, and what would have to give. */
export function ConflictList({ gate }: { gate: Gate }) {
  const conflicts = conflictsOf(gate);
  const conflicting = conflictingOf(gate);
  const relaxations = relaxationsOf(gate);
  if (!conflicts.length && !conflicting.length && !relaxations.length) return null;
  return (
    <section aria-label="Contradictions" className="flex flex-col gap-4 text-sm">
      {conflicts.length ? (
        <ul className="flex flex-col gap-3">
          {conflicts.map((conflict) => (
            <li key={`${conflict.code} ${conflict.message}`} className="flex flex-col gap-2 border-l-2 border-warn pl-3">
              <p className="break-words">{conflict.message}</p>
              {conflict.quotes.map(({ text }, index) => (
                <blockquote key={index} className="text-ink-soft italic">
                  “{text}”
                </blockquote>
              ))}
              <p className="flex flex-wrap gap-2">
                {conflict.blocking ? (
                  <Badge tone="bad">
                    <TriangleAlert aria-hidden /> Has to be decided
                  </Badge>
                ) : null}
                {conflict.fields.map((field) => (
                  <Badge key={field}>{words(field)}</Badge>
                ))}
              </p>
            </li>
          ))}
        </ul>
      ) : null}
      {conflicting.length > 1 ? <p>Together these cannot hold: {conflicting.map(words).join(", ")}.</p> : null}
      {relaxations.length ? (
        <div className="flex flex-col gap-1">
          <h3 className="font-medium">What may give, the cheapest first</h3>
          <ul className="list-disc pl-5">
            {relaxations.map((relaxation) => (
              <li key={relaxation}>{relaxation}</li>
            ))}
          </ul>
        </div>
      ) : null}
    </section>
  );
}
