import type { ReactNode } from "react";
import { cn } from "@/shared/lib/class-names";

interface SectionProps {
  title: string;
  note?: ReactNode;
  className?: string;
  children: ReactNode;
}

/** One part of a tab under its own heading. */
export function Section({ title, note, className, children }: SectionProps) {
  return (
    <section aria-label={title} className={cn("flex flex-col gap-3", className)}>
      <div className="flex flex-wrap items-baseline gap-x-3">
        <h2 className="text-lg">{title}</h2>
        {note ? <p className="text-xs text-ink-soft">{note}</p> : null}
      </div>
      {children}
    </section>
  );
}
