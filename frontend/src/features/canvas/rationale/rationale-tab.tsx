import { Suspense } from "react";
import type { Schemas } from "@/shared/api/client";
import { lazily } from "@/shared/lib/lazily";
import { EmptyState, LoadingState } from "@/shared/ui/states";
import { Loaded } from "../loaded";
import { useStored } from "../use-stored";

const Markdown = lazily(async () => (await import("./markdown")).Markdown);

const asItIs = (text: string): string => text;

/** Why the design is as it is, in one text to read from top to bottom. */
export function RationaleTab({ design }: { design: Schemas["DecisionSetRead"] }) {
  const stored = useStored(design.id, "rationale.md", asItIs);
  return (
    <Loaded query={stored} label="Reading the rationale">
      {(text) =>
        text === null ? (
          <EmptyState title="No rationale yet">
            It is compiled from the reason cards when the checks have passed; until then each card in the conversation says why.
          </EmptyState>
        ) : (
          <div className="p-4">
            <Suspense fallback={<LoadingState label="Reading the rationale" lines={8} />}>
              <Markdown text={text} />
            </Suspense>
          </div>
        )
      }
    </Loaded>
  );
}
