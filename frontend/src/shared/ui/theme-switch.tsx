"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useTheme } from "next-themes";
import { useId, useSyncExternalStore } from "react";

const CHOICES = [
  { value: "light", label: "Light", icon: Sun },
  { value: "system", label: "As the system", icon: Monitor },
  { value: "dark", label: "Dark", icon: Moon },
] as const;

const never = (): (() => void) => () => undefined;

/** Light, dark, or as the system has it. */
export function ThemeSwitch() {
  const { theme, setTheme } = useTheme();
  const name = useId();
  // The choice is known in the browser only.
  const mounted = useSyncExternalStore(never, () => true, () => false);
  return (
    <div role="radiogroup" aria-label="Theme" className="inline-flex shrink-0 rounded border border-line bg-surface p-0.5">
      {CHOICES.map(({ value, label, icon: Icon }) => (
        <label
          key={value}
          title={label}
          className="relative flex size-8 items-center justify-center rounded-sm text-ink-soft hover:text-ink has-checked:bg-sand has-checked:text-ink"
        >
          <input
            type="radio"
            name={name}
            aria-label={label}
            checked={mounted && (theme ?? "system") === value}
            onChange={() => setTheme(value)}
            className="absolute inset-0 cursor-pointer appearance-none rounded-sm"
          />
          <Icon aria-hidden className="size-4" />
        </label>
      ))}
    </div>
  );
}
