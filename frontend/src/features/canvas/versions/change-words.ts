import type { Schemas } from "@/shared/api/client";
import { counted, plain, usd, usdChange, words } from "@/shared/lib/format";
import { slotTitle } from "../slots";

type Design = Schemas["DesignDiff"];
type Shape = Schemas["Shape"];

const differ = (count: number): string => (count === 1 ? "differs" : "differ");

/** What changed, in a few sentences. */
export function inWords({ plan, code }: Schemas["DiffRead"]): string[] {
  if (!plan.changed && !code.files.length) return ["Both versions are the same design and the same files, to the byte."];
  return [costInWords(plan.cost), ...designInWords(plan), codeInWords(code)];
}

function costInWords({ before, after, delta }: Design["cost"]): string {
  if (before === null || delta === null) return `It costs ${usd(after)} a month.`;
  if (delta === 0) return `The cost stays at ${usd(after)} a month.`;
  return `It costs ${usd(after)} instead of ${usd(before)} a month: ${usdChange(delta)}.`;
}

function designInWords({ requirements, assumptions, components, policies }: Design): string[] {
  if (!requirements.length && !assumptions.length && !components.length && !policies.length) return ["The design is the same."];
  const slots = components.map(({ slot }) => slotTitle(slot)).join(", ");
  return [
    requirements.length ? `${counted(requirements.length, "requirement")} ${differ(requirements.length)}.` : "",
    assumptions.length ? `${counted(assumptions.length, "assumption")} ${differ(assumptions.length)}.` : "",
    components.length ? `${counted(components.length, "component")} ${differ(components.length)}: ${slots}.` : "No component differs.",
    policies.length ? `${counted(policies.length, "policy result")} ${differ(policies.length)}.` : "",
  ].filter(Boolean);
}

function codeInWords({ added, removed, changed, unchanged }: Schemas["TreeDiff"]): string {
  if (!added.length && !removed.length && !changed.length) return "The files are the same to the byte.";
  const counts = [
    added.length ? `${added.length} added` : "",
    removed.length ? `${removed.length} removed` : "",
    changed.length ? `${changed.length} changed` : "",
  ].filter(Boolean);
  return `Files: ${counts.join(", ")}, ${unchanged} the same.`;
}

/** How large a part is, as far as that is different in the other version. */
export function sizeInWords(shape: Shape, other: Shape | null): string {
  const all = other?.option === shape.option;
  return Object.entries(shape.size)
    .filter(([name, value]) => all && other?.size[name] !== value)
    .map(([name, value]) => `${words(name)} ${plain(value)}`)
    .join(", ");
}

/** A change of a figure with its sign. */
export function change(delta: number | null, show: (value: number) => string): string {
  if (delta === null) return "new";
  if (delta === 0) return "the same";
  return `${delta > 0 ? "+" : "−"}${show(Math.abs(delta))}`;
}

/** What a line of the bill adds to the total or takes from it; what has no price counts nothing in it. */
export const lineDelta = ({ before, after }: Schemas["LineChange"]): number => (after ?? 0) - (before ?? 0);
