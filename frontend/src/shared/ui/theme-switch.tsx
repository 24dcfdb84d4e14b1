"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useTheme } from "next-themes";
import { ToggleGroup } from "radix-ui";
import { useSyncExternalStore } from "react";

const CHOICES = [
  { value: "light", label: "Light", icon: Sun },
  { value: "system", label: "As the system", icon: Monitor },
  { value: "dark", label: "Dark", icon: Moon },
] as const;

const never = (): (() => void) => () => undefined;

/** Light, dark, or as the system has it. */
export function ThemeSwitch() {
  const { theme, setTheme } = useTheme();
  // The choice is known in the browser only.
  const mounted = useSyncExternalStore(never, () => true, () => false);
  return (
    <ToggleGroup.Root
      type="single"
      value={mounted ? (theme ?? "system") : ""}
      onValueChange={(value) => value && setTheme(value)}
      aria-label="Theme"
      className="inline-flex rounded border border-line bg-surface p-0.5"
    >
      {CHOICES.map(({ value, label, icon: Icon }) => (
        <ToggleGroup.Item
          key={value}
          value={value}
          aria-label={label}
          title={label}
          className="flex size-8 items-center justify-center rounded-sm text-ink-soft hover:text-ink data-[state=on]:bg-sand data-[state=on]:text-ink"
        >
          <Icon aria-hidden className="size-4" />
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
