import { CircleCheck, CircleX } from "lucide-react";
import { useReadiness } from "@/shared/api/reading/readiness";
import { words } from "@/shared/lib/format";
import { ErrorState, LoadingState } from "@/shared/ui/states";

/** What works on the server, and what does not. */
export function ServerState() {
  const ready = useReadiness();
  return (
    <section className="flex flex-col gap-3">
      <h2 className="text-lg">Server</h2>
      {ready.error ? <ErrorState error={ready.error} onRetry={() => void ready.refetch()} /> : null}
      {ready.isPending ? <LoadingState label="Asking the server" className="px-0" /> : null}
      <ul className="flex flex-col gap-2 text-sm">
        {ready.data?.parts.map((part) => (
          <li key={part.name} className="flex items-start gap-3">
            {part.ok ? (
              <CircleCheck aria-hidden className="mt-0.5 size-4 shrink-0 text-good" />
            ) : (
              <CircleX aria-hidden className="mt-0.5 size-4 shrink-0 text-bad" />
            )}
            <span className="min-w-0">
              <span className="font-medium">{words(part.name)}</span>
              <span className="sr-only">{part.ok ? " works" : " does not work"}</span>
              {part.detail ? <span className="text-ink-soft"> · {part.detail}</span> : null}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
