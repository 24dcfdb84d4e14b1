import { useRef, useState } from "react";
import { Input } from "@/shared/ui/field";

interface InlineNameProps {
  label: string;
  name?: string;
  maxLength: number;
  /** Null: it was not wanted after all. */
  onDone: (name: string | null) => void;
}

/** A name that is written where it will stand: Enter or leaving takes it, Escape gives it up. */
export function InlineName({ label, name = "", maxLength, onDone }: InlineNameProps) {
  const [text, setText] = useState(name);
  const finished = useRef(false);
  // The field goes when it is done, and going takes the focus from it: once is enough.
  const finish = (taken: string | null): void => {
    if (!finished.current) onDone(taken);
    finished.current = true;
  };
  return (
    <Input
      aria-label={label}
      value={text}
      maxLength={maxLength}
      // The person has just asked to write here.
      autoFocus // eslint-disable-line jsx-a11y/no-autofocus
      onFocus={(event) => event.target.select()}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => finish(text.trim())}
      onKeyDown={(event) => {
        if (event.key === "Enter") finish(text.trim());
        if (event.key === "Escape") finish(null);
      }}
    />
  );
}
