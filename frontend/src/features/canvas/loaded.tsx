import type { ReactNode } from "react";
import { ErrorState, LoadingState } from "@/shared/ui/states";

interface LoadedProps<T> {
  query: { data: T | undefined; error: unknown; refetch: () => unknown };
  label: string;
  children: (data: T) => ReactNode;
}

/** What a question to the server brings: its shape while it is on the way, the answer, or why there is none. */
export function Loaded<T>({ query, label, children }: LoadedProps<T>) {
  if (query.data !== undefined) return children(query.data);
  if (query.error) return <ErrorState error={query.error} onRetry={() => void query.refetch()} className="m-4" />;
  return <LoadingState label={label} lines={6} />;
}
