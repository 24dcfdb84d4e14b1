import { Archive, Ellipsis, Pencil, Pin, PinOff } from "lucide-react";
import { IconButton } from "@/shared/ui/button";
import { Menu } from "@/shared/ui/menu";

interface EntryMenuProps {
  label: string;
  pinned: boolean;
  onRename: () => void;
  onPin: (pinned: boolean) => void;
  onDelete: () => void;
}

/** What can be done with an entry of the list, whether design or project. It shows when the entry is pointed at. */
export function EntryMenu({ label, pinned, onRename, onPin, onDelete }: EntryMenuProps) {
  const Icon = pinned ? PinOff : Pin;
  return (
    <Menu
      trigger={
        <IconButton label={label} className="size-8 shrink-0 opacity-60 group-hover:opacity-100 focus-visible:opacity-100">
          <Ellipsis aria-hidden />
        </IconButton>
      }
      items={[
        { label: "Rename", icon: <Pencil aria-hidden />, onSelect: onRename },
        { label: pinned ? "Unpin" : "Pin", icon: <Icon aria-hidden />, onSelect: () => onPin(!pinned) },
        { label: "Delete", icon: <Archive aria-hidden />, danger: true, onSelect: onDelete },
      ]}
    />
  );
}
