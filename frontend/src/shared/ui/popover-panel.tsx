import { Popover as Radix } from "radix-ui";
import type { PopoverProps } from "./popover";

export function PopoverPanel({ trigger, className, children, defaultOpen }: PopoverProps & { defaultOpen: boolean }) {
  return (
    <Radix.Root defaultOpen={defaultOpen}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content sideOffset={6} collisionPadding={12} className={className}>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}
