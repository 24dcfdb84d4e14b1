import Link from "next/link";
import { useState } from "react";
import { statusOf } from "@/features/story/statuses";
import type { Schemas } from "@/shared/api/client";
import { useChangeDecisionSet } from "@/shared/api/writing/change-decision-set";
import { paths } from "@/shared/config/paths";
import { cn } from "@/shared/lib/class-names";
import { ago } from "@/shared/lib/format";
import { useToast } from "@/shared/ui/toasts";
import { EntryMenu } from "./entry-menu";
import { InlineName } from "./inline-name";
import { useChanges } from "./use-changes";

interface DesignItemProps {
  design: Schemas["DecisionSetSummary"];
  current: boolean;
}

/** One design in the list. Deleting puts it away; the notice that says so takes it back. */
export function DesignItem({ design, current }: DesignItemProps) {
  const [naming, setNaming] = useState(false);
  const say = useToast();
  const { mutateAsync } = useChangeDecisionSet();
  const change = useChanges((what: Schemas["DecisionSetPatch"]) => mutateAsync({ id: design.id, ...what }));
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
      <EntryMenu
        label={`More about ${design.title}`}
        pinned={design.pinned}
        onRename={() => setNaming(true)}
        onPin={(pinned) => change({ pinned })}
        onDelete={putAway}
      />
    </li>
  );
}
