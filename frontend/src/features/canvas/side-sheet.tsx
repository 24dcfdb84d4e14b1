import { X } from "lucide-react";
import { Dialog } from "radix-ui";
import type { ReactNode } from "react";
import { IconButton } from "@/shared/ui/button";
import { useFocusBack } from "@/shared/ui/use-focus-back";

interface SideSheetProps {
  open: boolean;
  onClose: () => void;
  title: string;
  description: string;
  children: ReactNode;
}

/** Details at the side of the page; Escape leads back to where they were opened. */
export function SideSheet({ open, onClose, title, description, children }: SideSheetProps) {
  const focusBack = useFocusBack();
  return (
    <Dialog.Root open={open} onOpenChange={(next) => (next ? undefined : onClose())}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 z-40 bg-[rgb(45_27_0/0.4)]" />
        <Dialog.Content
          {...focusBack}
          className="fixed inset-y-0 right-0 z-50 flex w-full max-w-lg flex-col gap-6 overflow-y-auto border-l border-line bg-surface p-6 shadow-card"
        >
          <div className="flex items-start justify-between gap-4">
            <div className="flex min-w-0 flex-col gap-1">
              <Dialog.Description className="text-xs text-ink-soft">{description}</Dialog.Description>
              <Dialog.Title className="text-lg break-words">{title}</Dialog.Title>
            </div>
            <Dialog.Close asChild>
              <IconButton label="Close" className="-mt-1 -mr-2 shrink-0">
                <X aria-hidden />
              </IconButton>
            </Dialog.Close>
          </div>
          {children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
