import { WifiOff } from "lucide-react";
import type { Problem } from "@/shared/api/problem";
import { ErrorState } from "@/shared/ui/states";
import type { FeedState } from "./feed";

/** Says when the page no longer hears the server, and that nothing is lost by it. */
export function ConnectionBanner({ connection, problem }: { connection: FeedState; problem: Problem | null }) {
  if (connection === "refused") return <ErrorState error={problem} className="m-4" />;
  return (
    <div role="status">
      {connection === "lost" ? (
        <p className="flex items-center gap-2 bg-warn-wash px-4 py-2 text-sm text-warn">
          <WifiOff aria-hidden className="size-4 shrink-0" />
          Disconnected. The run goes on without this page; it returns by itself and misses nothing.
        </p>
      ) : null}
    </div>
  );
}
