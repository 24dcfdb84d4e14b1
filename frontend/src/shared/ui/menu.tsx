import { Slot } from "radix-ui";
import { useState, type ReactElement, type ReactNode } from "react";
import { useLater } from "@/shared/lib/use-later";

export interface MenuItem {
  label: string;
  icon?: ReactNode;
  onSelect: () => void;
  danger?: boolean;
  disabled?: boolean;
}

export interface MenuProps {
  trigger: ReactElement;
  items: MenuItem[];
  align?: "start" | "end";
}

const loadList = () => import("./menu-list").then((module) => module.MenuList);

/** A button's menu. Its list is fetched when somebody comes near the button. */
export function Menu(props: MenuProps) {
  const { part: List, want } = useLater(loadList);
  const [asked, setAsked] = useState(false);
  const near = (): void => void loadList().catch(() => undefined);
  const open = (): void => {
    setAsked(true);
    want();
  };
  if (List) return <List {...props} defaultOpen={asked} />;
  return (
    <Slot.Root
      aria-haspopup="menu"
      aria-expanded={false}
      onPointerEnter={near}
      onFocus={near}
      onClick={open}
      onKeyDown={(event) => {
        if (event.key === "ArrowDown") open();
      }}
    >
      {props.trigger}
    </Slot.Root>
  );
}
