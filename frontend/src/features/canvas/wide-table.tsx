import type { ReactNode } from "react";

/** A table that scrolls inside its own box where there is no room for it. */
export function WideTable({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div role="region" aria-label={label} tabIndex={0} className="@container overflow-x-auto rounded border border-line bg-surface">
      <table className="w-full border-collapse text-sm [&_td]:px-3 [&_td]:py-2 [&_td]:align-top [&_th]:px-3 [&_th]:py-2 [&_th]:text-left [&_th]:align-top [&_th]:font-medium">
        {children}
      </table>
    </div>
  );
}
