import { Slot } from "radix-ui";
import { useState, type ReactElement, type ReactNode } from "react";
import { useLater } from "@/shared/lib/use-later";

export interface PopoverProps {
  trigger: ReactElement;
  /** What the panel is about. */
  label: string;
  className?: string;
  children: ReactNode;
}

const loadPanel = () => import("./popover-panel").then((module) => module.PopoverPanel);

/** A button's panel with more about it. The code behind it is fetched when somebody comes near the button. */
export function Popover(props: PopoverProps) {
  const { part: Panel, want } = useLater(loadPanel);
  const [asked, setAsked] = useState(false);
  const near = (): void => void loadPanel().catch(() => undefined);
  if (Panel) return <Panel {...props} defaultOpen={asked} />;
  return (
    <Slot.Root
      aria-haspopup="dialog"
      aria-expanded={false}
      onPointerEnter={near}
      onFocus={near}
      onClick={() => {
        setAsked(true);
        want();
      }}
    >
      {props.trigger}
    </Slot.Root>
  );
}
