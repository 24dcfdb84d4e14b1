import { Dialog } from "@/shared/ui/dialog";

const KEYS: readonly [string, string][] = [
  ["Ctrl K or ⌘ K", "Find a design or a page"],
  ["Enter", "Send what was written"],
  ["Shift Enter", "Break the line"],
  ["Tab, Shift Tab", "To the next and the last control"],
  ["Arrow keys", "Between tabs, in the tree of files, on the border between panes"],
  ["F8", "To the notices"],
  ["Esc", "Close what is open"],
  ["?", "This list"],
];

/** The list of what the keyboard can do. */
export function KeysDialog({ onOpenChange }: { onOpenChange: (open: boolean) => void }) {
  return (
    <Dialog open onOpenChange={onOpenChange} title="Keyboard">
      <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-2 text-sm">
        {KEYS.map(([keys, what]) => (
          <div key={keys} className="contents">
            <dt>
              <kbd className="font-mono text-xs">{keys}</kbd>
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
