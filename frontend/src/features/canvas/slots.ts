import type { Schemas } from "@/shared/api/client";

export type Slot = Schemas["Component"]["slot"];

/** What each part of a design is called, in the order in which designs list them. */
const TITLES: Record<Slot, string> = {
  ingest: "Ingest",
  store: "Store",
  process: "Process",
  features: "Features",
  orchestrate: "Orchestrate",
  train: "Train",
  registry: "Registry",
  serve: "Serve",
  llm: "Language model",
  vector_store: "Vector store",
  embeddings: "Embeddings",
  guardrails: "Guardrails",
  evaluation: "Evaluation",
  observe: "Observe",
  cicd: "CI/CD",
  network: "Network",
  security: "Security",
};

export const SLOTS = Object.keys(TITLES) as Slot[];

export const slotTitle = (slot: Slot): string => TITLES[slot] ?? slot;

/** Where a slot stands among the others; one that this page does not know stands last. */
export function slotPlace(slot: Slot): number {
  const place = SLOTS.indexOf(slot);
  return place < 0 ? SLOTS.length : place;
}
