import { Archive, Ellipsis, Pencil, Pin, PinOff } from "lucide-react";
import Link from "next/link";
import { useState } from "react";
import { statusOf } from "@/features/story/statuses";
import type { Schemas } from "@/shared/api/client";
import { asProblem } from "@/shared/api/problem";
import { useChangeDecisionSet } from "@/shared/api/writing/change-decision-set";
import { paths } from "@/shared/config/paths";
import { cn } from "@/shared/lib/class-names";
import { ago } from "@/shared/lib/format";
import { IconButton } from "@/shared/ui/button";
import { Menu } from "@/shared/ui/menu";
import { useToast } from "@/shared/ui/toasts";
import { InlineName } from "./inline-name";

interface DesignItemProps {
  design: Schemas["DecisionSetSummary"];
  current: boolean;
}

/** One design in the list. Deleting puts it away; the notice that says so takes it back. */
export function DesignItem({ design, current }: DesignItemProps) {
  const [naming, setNaming] = useState(false);
  const say = useToast();
  const changing = useChangeDecisionSet();
  const change = (what: Omit<Parameters<typeof changing.mutate>[0], "id">, done?: () => void): void => {
    // The item may have left the list by then; what is said of it must not leave with it.
    void changing.mutateAsync({ id: design.id, ...what }).then(done, (error: unknown) => {
      const { message, advice } = asProblem(error);
      say({ title: message, text: advice, action: { label: "Try again", run: () => change(what, done) } });
    });
  };
  const putAway = (): void =>
    change({ archived: true }, () =>
      say({ title: "The design was deleted", text: design.title, action: { label: "Undo", run: () => change({ archived: false }) } }),
    );
  if (naming) {
    return (
      <li>
        <InlineName
          label="New name"
          name={design.title}
          maxLength={200}
          onDone={(title) => {
            setNaming(false);
            if (title && title !== design.title) change({ title });
          }}
        />
      </li>
    );
  }
  const { icon: Icon, label } = statusOf(design.status);
  return (
    <li className={cn("group flex items-center rounded hover:bg-sand focus-within:bg-sand", current && "bg-sand")}>
      {/* Not fetched ahead: it is the page that is open already, and there are many of them. */}
      <Link
        href={paths.run(design.id)}
        prefetch={false}
        aria-current={current ? "page" : undefined}
        className="flex min-w-0 flex-1 flex-col gap-0.5 rounded px-2 py-1.5"
      >
        <span className="truncate text-sm" title={design.title}>
          {design.title}
        </span>
        <span className="flex items-center gap-1.5 text-xs text-ink-soft [&_svg]:size-3.5 [&_svg]:shrink-0">
          <Icon aria-hidden />
          <span className="truncate">
            {label} · v{design.version} · {ago(design.updated_at)}
          </span>
        </span>
      </Link>
      <Menu
        trigger={
          <IconButton label={`More about ${design.title}`} className="size-8 shrink-0 opacity-60 group-hover:opacity-100 focus-visible:opacity-100">
            <Ellipsis aria-hidden />
          </IconButton>
        }
        items={[
          { label: "Rename", icon: <Pencil aria-hidden />, onSelect: () => setNaming(true) },
          design.pinned
            ? { label: "Unpin", icon: <PinOff aria-hidden />, onSelect: () => change({ pinned: false }) }
            : { label: "Pin", icon: <Pin aria-hidden />, onSelect: () => change({ pinned: true }) },
          { label: "Delete", icon: <Archive aria-hidden />, danger: true, onSelect: putAway },
        ]}
      />
    </li>
  );
}
