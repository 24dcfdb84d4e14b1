import { Ban, CircleCheck, CircleDashed, CirclePause, CircleX, Hand, LoaderCircle, OctagonX, type LucideIcon } from "lucide-react";
import type { Tone } from "@/shared/ui/badge";

export interface Shown {
  label: string;
  icon: LucideIcon;
  tone: Tone;
  turning?: boolean;
}

/** How a design's state is told: by its word and its sign, never by colour alone. */
export const STATUSES: Record<string, Shown> = {
  queued: { label: "In the queue", icon: CirclePause, tone: "plain" },
  running: { label: "Working", icon: LoaderCircle, tone: "plain", turning: true },
  waiting: { label: "Waiting for you", icon: Hand, tone: "accent" },
  done: { label: "Done", icon: CircleCheck, tone: "good" },
  rejected: { label: "Rejected", icon: Ban, tone: "warn" },
  blocked: { label: "Blocked", icon: OctagonX, tone: "bad" },
  failed: { label: "Failed", icon: CircleX, tone: "bad" },
  cancelled: { label: "Stopped", icon: CircleDashed, tone: "warn" },
};

export const statusOf = (status: string): Shown => STATUSES[status] ?? { label: status, icon: CircleDashed, tone: "plain" };
