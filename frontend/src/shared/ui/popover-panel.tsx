import { Popover as Radix } from "radix-ui";
import { cn } from "@/shared/lib/class-names";
import type { PopoverProps } from "./popover";

export function PopoverPanel({ trigger, label, className, children, defaultOpen }: PopoverProps & { defaultOpen: boolean }) {
  return (
    <Radix.Root defaultOpen={defaultOpen}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content
          aria-label={label}
          // What stands there is read first; its field may lie below where there is little room.
          onOpenAutoFocus={(event) => {
            event.preventDefault();
            (event.currentTarget as HTMLElement).focus();
          }}
          sideOffset={6}
          collisionPadding={12}
          className={cn("max-h-(--radix-popover-content-available-height) overflow-y-auto", className)}
        >
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
