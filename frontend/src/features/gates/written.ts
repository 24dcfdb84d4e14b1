/** What a person has written at a gate and not sent: kept under the gate, so that it is still there when the gate goes. */

import type { QueryClient } from "@tanstack/react-query";
import type { Schemas } from "@/shared/api/client";
import { plain, words } from "@/shared/lib/format";
import { forget, keptUnder } from "@/shared/lib/use-kept";
import type { Entries } from "./answers";
import { questionsOf, type Gate } from "./gate";
import type { Changed } from "./relax-form";
import type { Tried } from "./use-draft";

const PARTS = ["answers", "comment", "reason", "tried", "requirements"] as const;

export const keptName = (gateId: string, part: (typeof PARTS)[number]): string => `gate ${gateId} ${part}`;

export function forgetWritten(client: QueryClient, gateId: string): void {
  for (const part of PARTS) forget(client, keptName(gateId, part));
}

export interface Written {
  label: string;
  text: string;
}

/** Everything that was written at the gate, and what was sent to it and refused, each with what it answers. */
export function writtenAt(client: QueryClient, gate: Gate, refused: Schemas["DecisionCreate"] | null): Written[] {
  const kept = <T>(part: (typeof PARTS)[number]): T | undefined => keptUnder<T>(client, keptName(gate.id, part));
  const entries = kept<Entries>("answers") ?? {};
  const requirements = kept<Readonly<Record<string, Changed>>>("requirements") ?? {};
  const { components, assumptions } = kept<Tried>("tried") ?? { components: {}, assumptions: {} };
  const sent = Object.entries(refused?.edits?.constraints ?? {}).filter(([field]) => !(field in requirements));
  return [
    ...questionsOf(gate).flatMap(({ field, text }) => {
      const entry = entries[field];
      return entry?.given ? [{ label: text, text: plain(entry.raw) }] : [];
    }),
    ...Object.entries(requirements).map(([field, { text, dropped }]) => ({ label: words(field), text: dropped ? "dropped" : text })),
    ...sent.map(([field, value]) => ({ label: words(field), text: plain(value) })),
    ...Object.entries(components).map(([slot, option]) => ({ label: words(slot), text: words(option) })),
    ...Object.entries(assumptions).map(([name, value]) => ({ label: words(name), text: value === null ? "its usual value" : plain(value) })),
    { label: "Comment", text: kept<string>("comment") ?? "" },
    { label: "Reason to reject", text: kept<string>("reason") ?? "" },
    { label: "Message", text: refused?.text ?? "" },
  ].filter(({ text }) => text.trim());
}
