import { Command } from "cmdk";
import { Inbox, Plus, Settings, SunMoon } from "lucide-react";
import { useTheme } from "next-themes";
import { useRouter } from "next/navigation";
import { Dialog } from "radix-ui";
import { useState, type ReactNode } from "react";
import { statusOf } from "@/features/story/statuses";
import { useDecisionSets } from "@/shared/api/reading/decision-sets";
import { paths } from "@/shared/config/paths";
import { useDebounced } from "@/shared/lib/use-debounced";

interface PaletteProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

/** Everywhere one can go, found by a few letters. */
export function Palette({ open, onOpenChange }: PaletteProps) {
  const router = useRouter();
  const { resolvedTheme, setTheme } = useTheme();
  const [words, setWords] = useState("");
  const q = useDebounced(words.trim()) || undefined;
  const designs = useDecisionSets({ q, limit: 8 }, open).data?.pages[0]?.items ?? [];
  const go = (address: string): void => {
    onOpenChange(false);
    router.push(address);
  };
  return (
    <Command.Dialog
      open={open}
      onOpenChange={onOpenChange}
      label="Go to"
      shouldFilter
      overlayClassName="fixed inset-0 z-40 bg-[rgb(45_27_0/0.4)]"
      contentClassName="fixed top-[15vh] left-1/2 z-50 w-[calc(100vw-2rem)] max-w-xl -translate-x-1/2 overflow-hidden rounded-lg border border-line bg-surface shadow-card"
    >
      <Dialog.Title className="sr-only">Go to</Dialog.Title>
      <Dialog.Description className="sr-only">Type to find a design or a page.</Dialog.Description>
      <Command.Input
        value={words}
        onValueChange={setWords}
        placeholder="Find a design or a page…"
        className="w-full border-b border-line bg-transparent rounded-t-lg px-4 py-3 text-base focus-visible:-outline-offset-2 placeholder:text-ink-soft"
      />
      <Command.List className="max-h-[min(20rem,60dvh)] overflow-y-auto p-2">
        <Command.Empty className="p-4 text-sm text-ink-soft">Nothing has these letters.</Command.Empty>
        <Command.Group heading={<Heading>Pages</Heading>}>
          <Item icon={<Plus />} onSelect={() => go(paths.home)}>
            New design
          </Item>
          <Item icon={<Inbox />} onSelect={() => go(paths.inbox)}>
            Waiting for you
          </Item>
          <Item icon={<Settings />} onSelect={() => go(paths.settings)}>
            Settings
          </Item>
          <Item
            icon={<SunMoon />}
            onSelect={() => {
              setTheme(resolvedTheme === "dark" ? "light" : "dark");
              onOpenChange(false);
            }}
          >
            Other theme
          </Item>
        </Command.Group>
        <Command.Group heading={<Heading>Designs</Heading>}>
          {designs.map((design) => {
            const { icon: Icon, label } = statusOf(design.status);
            return (
              <Item key={design.id} value={`${design.title} ${design.id}`} icon={<Icon />} onSelect={() => go(paths.run(design.id))}>
                <span className="min-w-0 flex-1 truncate">{design.title}</span>
                <span className="text-xs text-ink-soft">{label}</span>
              </Item>
            );
          })}
        </Command.Group>
      </Command.List>
    </Command.Dialog>
  );
}

const Heading = ({ children }: { children: ReactNode }) => <span className="block px-2 py-1 text-xs text-ink-soft">{children}</span>;

interface ItemProps {
  icon: ReactNode;
  value?: string;
  onSelect: () => void;
  children: ReactNode;
}

function Item({ icon, value, onSelect, children }: ItemProps) {
  return (
    <Command.Item
      value={value}
      onSelect={onSelect}
      className="flex min-h-9 cursor-pointer items-center gap-3 rounded-sm px-2 text-sm aria-selected:bg-sand [&_svg]:size-4 [&_svg]:shrink-0"
    >
      <span aria-hidden>{icon}</span>
      {children}
    </Command.Item>
  );
}
