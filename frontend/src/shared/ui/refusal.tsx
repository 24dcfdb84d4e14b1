import type { Problem } from "@/shared/api/problem";
import { ErrorState } from "./states";

/** An act that was refused; who lacks the right is told which role has it. */
export function Refusal({ problem }: { problem: Problem }) {
  const { role } = problem.facts;
  return (
    <div className="flex flex-col gap-2">
      <ErrorState error={problem} />
      {problem.status === 403 && typeof role === "string" ? (
        <p className="text-sm">
          Somebody with the role <strong className="font-medium">{role}</strong> has to do this.
        </p>
      ) : null}
    </div>
  );
}
