import type { Schemas } from "@/shared/api/client";
import { useDecide } from "@/shared/api/writing/decide";
import { Button } from "@/shared/ui/button";
import { ErrorState } from "@/shared/ui/states";

/** What waits for a person, and what may be decided. */
export function GateCard({ design, gate }: { design: Schemas["DecisionSetRead"]; gate: Schemas["GateRead"] }) {
  const deciding = useDecide(design.id);
  return (
    <section aria-label={gate.title} className="flex flex-col gap-3 rounded-lg border-2 border-accent bg-surface p-4">
      <h2 className="text-lg">{gate.title}</h2>
      <p className="text-sm">{gate.message}</p>
      {deciding.error ? <ErrorState error={deciding.error} /> : null}
      <div>
        {gate.decisions.includes("approve") ? (
          <Button
            kind="primary"
            busy={deciding.isPending}
            onClick={() => deciding.mutate({ gate_id: gate.id, digest: gate.digest, decision: "approve" })}
          >
            Approve
          </Button>
        ) : null}
      </div>
    </section>
  );
}
