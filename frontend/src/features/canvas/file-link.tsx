import { useAddress } from "@/shared/lib/use-address";
import { cn } from "@/shared/lib/class-names";
import type { MouseEvent, ReactNode } from "react";

interface FileLinkProps {
  path: string;
  line?: number | null;
  className?: string;
  children?: ReactNode;
}

/** Opens a file of the repository at its line, in the tab beside; it is an address, so it can be kept and sent. */
export function FileLink({ path, line = null, className, children }: FileLinkProps) {
  const [params, change] = useAddress();
  const wanted = { tab: "repository", file: path, line: line === null ? null : String(line) };
  const address = new URLSearchParams(params);
  for (const [name, value] of Object.entries(wanted)) {
    if (value === null) address.delete(name);
    else address.set(name, value);
  }
  const open = (event: MouseEvent): void => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    change(wanted, "push");
  };
  return (
    <a
      href={`?${address}`}
      onClick={open}
      className={cn(
        "inline-block min-h-6 text-xs leading-6 text-accent-ink underline underline-offset-2",
        children ? "break-words" : "font-mono break-all",
        className,
      )}
    >
      {children ?? (line === null ? path : `${path}:${line}`)}
    </a>
  );
}
