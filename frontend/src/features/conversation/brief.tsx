import { Pencil } from "lucide-react";
import { useState } from "react";
import { Button, IconButton } from "@/shared/ui/button";
import { TextArea } from "@/shared/ui/field";

interface BriefProps {
  messages: readonly string[];
  /** Starts a fork with the changed messages; missing where nothing may be changed. */
  onFork?: (messages: string[]) => void;
  busy: boolean;
}

/** What was asked for, message by message. Changing one makes a fork: the original stays as it is. */
export function Brief({ messages, onFork, busy }: BriefProps) {
  const [editing, setEditing] = useState<number | null>(null);
  return (
    <section aria-label="Brief" className="flex flex-col items-end gap-3">
      {messages.map((message, index) =>
        editing === index && onFork ? (
          <Editor
            key={index}
            message={message}
            busy={busy}
            onCancel={() => setEditing(null)}
            onSend={(text) => onFork(messages.map((each, place) => (place === index ? text : each)))}
          />
        ) : (
          <div key={index} className="group flex max-w-[85%] items-start gap-1">
            {onFork ? (
              <IconButton label="Edit and start a fork" onClick={() => setEditing(index)}>
                <Pencil aria-hidden />
              </IconButton>
            ) : null}
            <p className="rounded-lg rounded-tr-sm bg-sand px-4 py-3 text-sm break-words whitespace-pre-wrap">{message}</p>
          </div>
        ),
      )}
    </section>
  );
}

interface EditorProps {
  message: string;
  busy: boolean;
  onCancel: () => void;
  onSend: (text: string) => void;
}

function Editor({ message, busy, onCancel, onSend }: EditorProps) {
  const [text, setText] = useState(message);
  return (
    <form
      className="flex w-full flex-col gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        onSend(text);
      }}
    >
      <TextArea
        aria-label="Changed message"
        rows={Math.min(12, message.split("\n").length + 3)}
        value={text}
        // The person has just asked to write here.
        autoFocus // eslint-disable-line jsx-a11y/no-autofocus
        onChange={(event) => setText(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === "Escape") onCancel();
        }}
      />
      <div className="flex flex-wrap items-center justify-end gap-2">
        <span className="mr-auto text-xs text-ink-soft">The original stays; approvals do not carry over.</span>
        <Button onClick={onCancel}>Cancel</Button>
        <Button kind="primary" type="submit" busy={busy} disabled={!text.trim() || text === message}>
          Start the fork
        </Button>
      </div>
    </form>
  );
}
