import { useId, type ComponentProps, type ReactNode } from "react";
import { cn } from "@/shared/lib/class-names";

const CONTROL =
  "w-full rounded border border-line-strong bg-surface px-3 text-sm text-ink placeholder:text-ink-soft " +
  "aria-invalid:border-bad disabled:opacity-60";

interface FieldProps {
  label: ReactNode;
  hint?: ReactNode;
  error?: ReactNode;
  className?: string;
  children: (props: { id: string; "aria-describedby"?: string; "aria-invalid"?: true }) => ReactNode;
}

/** A control with its label, a hint and, when something is wrong, the reason. */
export function Field({ label, hint, error, className, children }: FieldProps) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div className={cn("flex flex-col gap-1", className)}>
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      {children({ id, "aria-describedby": note ? `${id}-note` : undefined, "aria-invalid": error ? true : undefined })}
      {note ? (
        <p id={`${id}-note`} className={cn("text-xs text-ink-soft", error && "text-bad")}>
          {note}
        </p>
      ) : null}
    </div>
  );
}

export function Input({ className, ...rest }: ComponentProps<"input">) {
  return <input className={cn(CONTROL, "h-9", className)} {...rest} />;
}

export function TextArea({ className, ...rest }: ComponentProps<"textarea">) {
  return <textarea className={cn(CONTROL, "py-2", className)} {...rest} />;
}

/** The browser's own list: it works with every keyboard, phone and screen reader. */
export function Select({ className, ...rest }: ComponentProps<"select">) {
  return <select className={cn(CONTROL, "h-9 pr-8", className)} {...rest} />;
}
