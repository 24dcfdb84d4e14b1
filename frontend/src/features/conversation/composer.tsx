import { SendHorizontal } from "lucide-react";
import { useState } from "react";
import { Button } from "@/shared/ui/button";
import { TextArea } from "@/shared/ui/field";

/** What was written and not sent, by what it was written about: going elsewhere and back finds it again. */
const drafts = new Map<string, string>();

interface ComposerProps {
  /** What it is written about; a draft belongs to that alone. */
  draftOf: string;
  label: string;
  placeholder: string;
  action: string;
  busy: boolean;
  rows?: number;
  /** Why nothing can be sent now. */
  closed?: string;
  /** Call `taken` when the text has arrived: until then it stays where it was written. */
  onSend: (text: string, taken: () => void) => void;
}

/** Where one writes. Enter sends, Shift-Enter breaks the line; composing characters never sends. */
export function Composer({ label, placeholder, action, busy, rows = 2, closed, draftOf, onSend }: ComposerProps) {
  const [text, setText] = useState(() => drafts.get(draftOf) ?? "");
  const write = (written: string): void => {
    setText(written);
    if (written) drafts.set(draftOf, written);
    else drafts.delete(draftOf);
  };
  const ready = Boolean(text.trim()) && !busy && !closed;
  const send = (): void => {
    if (!ready) return;
    onSend(text, () => write(""));
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
          readOnly={busy}
          className="max-h-60 [field-sizing:content]"
          onChange={(event) => write(event.target.value)}
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
