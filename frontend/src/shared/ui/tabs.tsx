import { Tabs as Radix } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "@/shared/lib/class-names";

export const Tabs = Radix.Root;

export function TabList({ className, ...rest }: ComponentProps<typeof Radix.List>) {
  return (
    <Radix.List
      className={cn("flex shrink-0 gap-1 overflow-x-auto border-b border-line px-4 [scrollbar-width:thin]", className)}
      {...rest}
    />
  );
}

export function Tab({ className, ...rest }: ComponentProps<typeof Radix.Trigger>) {
  return (
    <Radix.Trigger
      className={cn(
        "-mb-px min-h-10 shrink-0 border-b-2 border-transparent px-2 text-sm text-ink-soft hover:text-ink",
        "focus-visible:-outline-offset-2 data-[state=active]:border-accent data-[state=active]:text-ink",
        className,
      )}
      {...rest}
    />
  );
}

export function TabPanel({ className, ...rest }: ComponentProps<typeof Radix.Content>) {
  return <Radix.Content className={cn("min-h-0 flex-1 overflow-auto focus-visible:-outline-offset-2", className)} {...rest} />;
}
