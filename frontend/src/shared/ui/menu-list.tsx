import { DropdownMenu } from "radix-ui";
import { cn } from "@/shared/lib/class-names";
import type { MenuProps } from "./menu";

export function MenuList({ trigger, items, align = "end", defaultOpen }: MenuProps & { defaultOpen: boolean }) {
  return (
    // What stands around a menu stays reachable: leaving it closes it.
    <DropdownMenu.Root defaultOpen={defaultOpen} modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      {/* Where its button is and not at the end of the page: it belongs to that part of the page. */}
      <DropdownMenu.Content
        align={align}
        sideOffset={4}
        collisionPadding={8}
        className="z-50 max-h-(--radix-dropdown-menu-content-available-height) min-w-44 overflow-y-auto rounded border border-line bg-surface p-1 shadow-card"
      >
        {items.map((item) => (
          <DropdownMenu.Item
            key={item.label}
            disabled={item.disabled}
            onSelect={item.onSelect}
            className={cn(
              "flex min-h-8 cursor-pointer items-center gap-2 rounded-sm px-2 text-sm outline-none data-[disabled]:opacity-50",
              "data-[highlighted]:bg-sand [&_svg]:size-4",
              item.danger && "text-bad",
            )}
          >
            {item.icon}
            {item.label}
          </DropdownMenu.Item>
        ))}
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  );
}
