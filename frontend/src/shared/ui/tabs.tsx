import { createContext, useContext, useId, type ComponentProps, type KeyboardEvent, type ReactNode } from "react";
import { cn } from "@/shared/lib/class-names";

interface TabsState {
  id: string;
  open: string;
  onOpen: (name: string) => void;
}

const TabsContext = createContext<TabsState>({ id: "", open: "", onOpen: () => undefined });

interface TabsProps {
  value: string;
  onValueChange: (name: string) => void;
  className?: string;
  children: ReactNode;
}

/** Views of one thing, of which one is open. The arrows go from tab to tab; Enter, Space or a click opens one, because
 * opening may have to fetch something. */
export function Tabs({ value, onValueChange, className, children }: TabsProps) {
  const id = useId();
  return (
    <TabsContext value={{ id, open: value, onOpen: onValueChange }}>
      <div className={className}>{children}</div>
    </TabsContext>
  );
}

const ENDS: Record<string, number> = { Home: 0, End: -1 };
const STEPS: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1 };

export function TabList({ className, ...rest }: ComponentProps<"div">) {
  const walk = (event: KeyboardEvent<HTMLDivElement>): void => {
    const tabs = [...event.currentTarget.querySelectorAll<HTMLElement>("[role=tab]")];
    const here = tabs.indexOf(event.target as HTMLElement);
    const step = STEPS[event.key];
    const next = step === undefined ? ENDS[event.key] : (here + step) % tabs.length;
    if (next === undefined || here < 0) return;
    event.preventDefault();
    tabs.at(next)?.focus();
  };
  return (
    <div
      role="tablist"
      aria-orientation="horizontal"
      tabIndex={-1}
      onKeyDown={walk}
      className={cn("fade-sides flex shrink-0 gap-1 overflow-x-auto border-b border-line px-4 [scrollbar-width:none]", className)}
      {...rest}
    />
  );
}

export function Tab({ value, className, ...rest }: ComponentProps<"button"> & { value: string }) {
  const { id, open, onOpen } = useContext(TabsContext);
  const active = open === value;
  return (
    <button
      type="button"
      role="tab"
      id={`${id}tab-${value}`}
      aria-selected={active}
      aria-controls={`${id}panel-${value}`}
      data-state={active ? "active" : "inactive"}
      tabIndex={active ? 0 : -1}
      onClick={() => onOpen(value)}
      className={cn(
        "-mb-px min-h-10 shrink-0 border-b-2 border-transparent px-2 text-sm text-ink-soft hover:text-ink",
        "focus-visible:-outline-offset-2 data-[state=active]:border-accent data-[state=active]:text-ink",
        className,
      )}
      {...rest}
    />
  );
}

/** What is inside is drawn only while its tab is open. */
export function TabPanel({ value, className, children, ...rest }: ComponentProps<"div"> & { value: string }) {
  const { id, open } = useContext(TabsContext);
  const active = open === value;
  return (
    <div
      role="tabpanel"
      id={`${id}panel-${value}`}
      aria-labelledby={`${id}tab-${value}`}
      hidden={!active}
      tabIndex={0}
      className={cn("min-h-0 flex-1 overflow-auto focus-visible:-outline-offset-2", className)}
      {...rest}
    >
      {active ? children : null}
    </div>
  );
}
