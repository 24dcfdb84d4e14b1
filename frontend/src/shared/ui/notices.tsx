import { X } from "lucide-react";
import { Toast } from "radix-ui";
import { Button, IconButton } from "./button";

export interface Notice {
  title: string;
  text?: string;
  action?: { label: string; run: () => void };
}

interface NoticesProps {
  notices: readonly (Notice & { id: number })[];
  onGone: (id: number) => void;
}

/** The notices of the moment, in the corner of the page. */
export function Notices({ notices, onGone }: NoticesProps) {
  return (
    <Toast.Provider duration={6000} label="Notice">
      {notices.map((notice) => (
        <Toast.Root
          key={notice.id}
          onOpenChange={(open) => {
            if (!open) onGone(notice.id);
          }}
          className="flex items-center gap-3 rounded border border-line bg-surface p-3 pl-4 shadow-card"
        >
          <div className="min-w-0 flex-1">
            <Toast.Title className="text-sm font-medium">{notice.title}</Toast.Title>
            {notice.text ? <Toast.Description className="text-sm text-ink-soft">{notice.text}</Toast.Description> : null}
          </div>
          {notice.action ? (
            <Toast.Action asChild altText={notice.action.label}>
              <Button onClick={notice.action.run}>{notice.action.label}</Button>
            </Toast.Action>
          ) : null}
          <Toast.Close asChild>
            <IconButton label="Dismiss">
              <X aria-hidden />
            </IconButton>
          </Toast.Close>
        </Toast.Root>
      ))}
      <Toast.Viewport className="fixed right-4 bottom-4 z-50 flex w-96 max-w-[calc(100vw-2rem)] flex-col gap-2" />
    </Toast.Provider>
  );
}
