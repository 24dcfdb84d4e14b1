"use client";

import { asProblem } from "@/shared/api/problem";
import { ErrorState } from "@/shared/ui/states";

/** What is shown when a view breaks: what happened, that nothing is lost, and the way back. */
export default function BrokenView({ error, reset }: { error: Error; reset: () => void }) {
  const problem = asProblem(error);
  problem.facts.kept = "Nothing is lost: designs go on without this page.";
  problem.facts.advice = "Try again; if it happens again, reload the page.";
  return (
    <main className="mx-auto max-w-2xl p-6">
      <ErrorState error={problem} onRetry={reset} />
    </main>
  );
}
