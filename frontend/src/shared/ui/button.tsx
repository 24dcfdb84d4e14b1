import { Slot } from "radix-ui";
import type { ComponentProps } from "react";
import { cn } from "@/shared/lib/class-names";

const BASE =
  "inline-flex min-h-9 items-center justify-center gap-2 rounded px-4 text-sm font-medium whitespace-nowrap " +
  "transition-colors disabled:cursor-not-allowed disabled:opacity-50 [&_svg]:size-4 [&_svg]:shrink-0";

const KINDS = {
  primary: "bg-accent text-on-accent hover:brightness-105",
  plain: "border border-line-strong bg-surface text-ink hover:bg-sand",
  quiet: "text-ink hover:bg-sand",
  danger: "border border-bad bg-surface text-bad hover:bg-bad-wash",
} as const;

type ButtonProps = ComponentProps<"button"> & { kind?: keyof typeof KINDS; asChild?: boolean; busy?: boolean };

export function Button({ kind = "plain", asChild, busy, className, disabled, children, ...rest }: ButtonProps) {
  const classes = cn(BASE, KINDS[kind], className);
  if (asChild) return <Slot.Root className={classes} {...rest}>{children}</Slot.Root>;
  return (
    <button type="button" className={classes} disabled={disabled || busy} aria-busy={busy || undefined} {...rest}>
      {children}
    </button>
  );
}

type IconButtonProps = Omit<ButtonProps, "aria-label"> & { label: string };

/** A button whose words are only heard; the name is also its tooltip. */
export function IconButton({ label, className, kind = "quiet", ...rest }: IconButtonProps) {
  return <Button kind={kind} aria-label={label} title={label} className={cn("size-9 px-0", className)} {...rest} />;
}
