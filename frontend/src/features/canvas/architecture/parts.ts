import type { Schemas } from "@/shared/api/client";
import { figure, words } from "@/shared/lib/format";
import { slotPlace } from "../slots";
import { flowsOf, type Flow, type Part } from "./flows";

export type Component = Schemas["Component"];

export interface DesignPart extends Part {
  component: Component;
}

/** The components of a plan, each under a name of its own, in the order of the slots. */
export function partsOf(components: readonly Component[]): { parts: DesignPart[]; flows: Flow[] } {
  const sorted = [...components].sort((one, other) => slotPlace(one.slot) - slotPlace(other.slot));
  const parts = sorted.map((component, index) => ({ id: `${component.slot} ${index}`, slot: component.slot, component }));
  return { parts, flows: flowsOf(parts) };
}

/** `{vcpu: 1, memory_gb: 2}` → `Vcpu 1 · Memory GB 2`. */
export function sizeText(size: Component["size"]): string {
  return Object.entries(size)
    .map(([name, value]) => `${words(name)} ${typeof value === "number" ? figure(value) : typeof value === "boolean" ? (value ? "yes" : "no") : value}`)
    .join(" · ");
}
