import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { asProblem } from "@/shared/api/problem";
import { cn } from "@/shared/lib/class-names";
import { Button } from "./button";

interface EmptyStateProps {
  title: string;
  children?: ReactNode;
  icon?: ReactNode;
  /** It is all that the page says. */
  page?: boolean;
}

/** Nothing is there yet: says so, and what would put something there. */
export function EmptyState({ title, children, icon, page }: EmptyStateProps) {
  const Title = page ? "h1" : "p";
  return (
    <div className="flex flex-col items-center gap-2 px-6 py-12 text-center text-ink-soft [&_svg]:size-6">
      {icon}
      <Title className={cn("font-medium text-ink", page && "pt-12 text-xl")}>{title}</Title>
      {children ? <div className="max-w-prose text-sm">{children}</div> : null}
    </div>
  );
}

/** The shape of what is on its way. */
export function LoadingState({ label, lines = 4, className }: { label: string; lines?: number; className?: string }) {
  return (
    <div role="status" className={cn("flex flex-col gap-3 p-6", className)}>
      <span className="sr-only">{label}</span>
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} aria-hidden className={cn("h-4 animate-pulse rounded-sm bg-sand", line % 3 === 2 ? "w-2/3" : "w-full")} />
      ))}
    </div>
  );
}

/** What happened, what was kept, what to do next. */
export function ErrorState({ error, onRetry, className }: { error: unknown; onRetry?: () => void; className?: string }) {
  const problem = asProblem(error);
  const reference = problem.facts.run_id ?? problem.facts.correlation_id;
  return (
    <div role="alert" className={cn("flex gap-3 rounded border border-bad bg-bad-wash p-4 text-sm", className)}>
      <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-bad" />
      <div className="flex min-w-0 flex-col items-start gap-1">
        <p className="font-medium break-words">{problem.message}</p>
        {problem.facts.kept ? <p>{problem.facts.kept}</p> : null}
        {problem.advice ? <p>{problem.advice}</p> : null}
        {reference ? <p className="text-xs wrap-anywhere text-ink-soft">Reference: {reference}</p> : null}
        {onRetry ? (
          <Button className="mt-2" onClick={onRetry}>
            Try again
          </Button>
        ) : null}
      </div>
    </div>
  );
}
