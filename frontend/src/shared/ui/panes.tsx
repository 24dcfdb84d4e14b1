import { useEffect, useId, useRef, useState, type KeyboardEvent, type PointerEvent, type ReactNode } from "react";
import { cn } from "@/shared/lib/class-names";
import { folded, moved, readSizes, stepped, type PaneRule } from "@/shared/lib/pane-sizes";

export interface Pane extends PaneRule {
  name: string;
  label: string;
  children: ReactNode;
}

interface PanesProps {
  panes: readonly Pane[];
  /** The one that is seen where there is no room for all. */
  shown: string;
  /** Under this name the browser keeps how wide they are. */
  keptAs: string;
}

/** An arrow key moves a border by this many pixels. */
const STEP = 32;

/** Panes side by side with borders that can be moved by mouse, finger and keyboard; where there is no room, one of them. */
export function Panes({ panes, shown, keptAs }: PanesProps) {
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const [sizes, setSizes] = useState(() => readSizes(kept(keptAs), panes) ?? panes.map(({ size }) => size));
  const width = (): number => box.current?.clientWidth ?? 0;
  useEffect(() => keep(keptAs, sizes.join(",")), [keptAs, sizes]);
  const was = useRef(shown);
  useEffect(() => {
    const left = document.getElementById(id + was.current);
    was.current = shown;
    // What had the focus has gone from sight with its pane: a link in one of them led to another.
    if (!left?.contains(document.activeElement) || getComputedStyle(left).display !== "none") return;
    document.getElementById(id + shown)?.focus({ preventScroll: true });
  }, [id, shown]);
  return (
    <div ref={box} className="flex min-h-0 flex-1">
      {panes.flatMap(({ name, children, least }, place) => [
        place ? (
          <Border
            key={`before ${name}`}
            label={`Width of ${(panes[place - 1]?.label ?? "").toLowerCase()}`}
            controls={`${id}${panes[place - 1]?.name}`}
            value={sizes[place - 1] ?? 0}
            most={(sizes[place - 1] ?? 0) + (sizes[place] ?? 0)}
            onStep={(by) => setSizes((now) => stepped(now, panes, place - 1, by, width()))}
            onDrag={(by, from) => setSizes(moved(from, panes, place - 1, by, width()))}
            onFold={() => setSizes((now) => folded(now, panes, place - 1))}
            sizes={sizes}
          />
        ) : null,
        <div
          key={name}
          id={`${id}${name}`}
          tabIndex={-1}
          className={cn("-outline-offset-2 min-w-0 overflow-hidden max-lg:grow! lg:min-w-(--least)", sizes[place] === 0 && "lg:invisible", shown !== name && "max-lg:hidden")}
          style={{ flex: `${sizes[place]} 1 0`, ["--least" as string]: `${sizes[place] === 0 ? 0 : least}px` }}
        >
          {children}
        </div>,
      ])}
    </div>
  );
}

interface BorderProps {
  label: string;
  controls: string;
  value: number;
  most: number;
  sizes: readonly number[];
  /** By so many pixels. */
  onStep: (by: number) => void;
  /** So many pixels away from where it was with these sizes. */
  onDrag: (by: number, from: readonly number[]) => void;
  onFold: () => void;
}

function Border({ label, controls, value, most, sizes, onStep, onDrag, onFold }: BorderProps) {
  const drag = useRef<{ x: number; sizes: readonly number[] } | null>(null);
  const [held, setHeld] = useState(false);
  const press = (event: KeyboardEvent): void => {
    const by = { ArrowLeft: -STEP, ArrowRight: STEP, Home: -Infinity, End: Infinity }[event.key];
    if (by === undefined && event.key !== "Enter") return;
    event.preventDefault();
    if (by === undefined) onFold();
    else onStep(by);
  };
  const take = (event: PointerEvent<HTMLDivElement>): void => {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { x: event.clientX, sizes };
    setHeld(true);
  };
  const release = (): void => {
    drag.current = null;
    setHeld(false);
  };
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- a separator that can be focused is a control
    <div
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      title={label}
      aria-controls={controls}
      aria-valuenow={Math.round(value)}
      aria-valuemin={0}
      aria-valuemax={Math.round(most)}
      data-held={held || undefined}
      className={cn(
        "relative w-px shrink-0 cursor-col-resize touch-none bg-line outline-offset-0 transition-colors select-none max-lg:hidden",
        "before:absolute before:inset-y-0 before:-inset-x-3 before:z-10 hover:bg-accent focus-visible:bg-accent data-held:bg-accent",
      )}
      onKeyDown={press}
      onPointerDown={take}
      onPointerMove={(event) => drag.current && onDrag(event.clientX - drag.current.x, drag.current.sizes)}
      onPointerUp={release}
      onPointerCancel={release}
      onDoubleClick={onFold}
    />
  );
}

/** A browser may refuse to keep anything; the panes are then as wide as at first. */
function kept(name: string): string | null {
  try {
    return window.localStorage.getItem(name);
  } catch {
    return null;
  }
}

function keep(name: string, value: string): void {
  try {
    window.localStorage.setItem(name, value);
  } catch {
    // Nothing is lost but the width.
  }
}
