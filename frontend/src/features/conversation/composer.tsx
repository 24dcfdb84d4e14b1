import { SendHorizontal } from "lucide-react";
import { useState } from "react";
import { Button } from "@/shared/ui/button";
import { TextArea } from "@/shared/ui/field";

interface ComposerProps {
  label: string;
  placeholder: string;
  action: string;
  busy: boolean;
  rows?: number;
  initial?: string;
  /** Why nothing can be sent now. */
  closed?: string;
  onSend: (text: string) => void;
}

/** Where one writes. Enter sends, Shift-Enter breaks the line; composing characters never sends. */
export function Composer({ label, placeholder, action, busy, rows = 2, initial = "", closed, onSend }: ComposerProps) {
  const [text, setText] = useState(initial);
  const ready = Boolean(text.trim()) && !busy && !closed;
  const send = (): void => {
    if (!ready) return;
    onSend(text);
    setText("");
  };
  return (
    <form
      className="flex flex-col gap-2 border-t border-line bg-page p-4"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <div className="mx-auto flex w-full max-w-3xl items-end gap-2">
        <TextArea
          aria-label={label}
          placeholder={closed ?? placeholder}
          rows={rows}
          value={text}
          disabled={Boolean(closed)}
          className="max-h-60 [field-sizing:content]"
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || event.shiftKey || event.nativeEvent.isComposing) return;
            event.preventDefault();
            send();
          }}
        />
        <Button type="submit" kind="primary" busy={busy} disabled={!ready}>
          <SendHorizontal aria-hidden />
          {action}
        </Button>
      </div>
    </form>
  );
}
