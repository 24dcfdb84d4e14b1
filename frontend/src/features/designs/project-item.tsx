import { Archive, Ellipsis, Folder, FolderOpen, Pencil, Pin, PinOff } from "lucide-react";
import { useState } from "react";
import type { Schemas } from "@/shared/api/client";
import { asProblem } from "@/shared/api/problem";
import { useChangeProject } from "@/shared/api/writing/change-project";
import { cn } from "@/shared/lib/class-names";
import { IconButton } from "@/shared/ui/button";
import { Menu } from "@/shared/ui/menu";
import { useToast } from "@/shared/ui/toasts";
import { InlineName } from "./inline-name";

/** As long as the server takes. */
export const LONGEST_NAME = 120;

interface ProjectItemProps {
  project: Schemas["ProjectRead"];
  chosen: boolean;
  onChoose: (id: string | null) => void;
}

/** One project in the list. Deleting puts it away and leaves its designs; the notice that says so takes it back. */
export function ProjectItem({ project, chosen, onChoose }: ProjectItemProps) {
  const [naming, setNaming] = useState(false);
  const say = useToast();
  const changing = useChangeProject();
  const change = (what: Omit<Parameters<typeof changing.mutate>[0], "id">, done?: () => void): void => {
    // The item may have left the list by then; what is said of it must not leave with it.
    void changing.mutateAsync({ id: project.id, ...what }).then(done, (error: unknown) => {
      const { message, advice } = asProblem(error);
      say({ title: message, text: advice, action: { label: "Try again", run: () => change(what, done) } });
    });
  };
  const putAway = (): void => {
    if (chosen) onChoose(null);
    change({ archived: true }, () =>
      say({
        title: "The project was deleted",
        text: `${project.name}; its designs stay in the list of all.`,
        action: { label: "Undo", run: () => change({ archived: false }) },
      }),
    );
  };
  if (naming) {
    return (
      <li>
        <InlineName
          label="New name of the project"
          name={project.name}
          maxLength={LONGEST_NAME}
          onDone={(name) => {
            setNaming(false);
            if (name && name !== project.name) change({ name });
          }}
        />
      </li>
    );
  }
  const Icon = chosen ? FolderOpen : Folder;
  return (
    <li className={cn("group flex items-center rounded hover:bg-sand focus-within:bg-sand", chosen && "bg-sand")}>
      <button
        type="button"
        aria-pressed={chosen}
        title={project.name}
        className="flex min-h-8 min-w-0 flex-1 items-center gap-2 rounded px-2 text-left text-sm aria-pressed:font-medium [&_svg]:size-4 [&_svg]:shrink-0"
        onClick={() => onChoose(chosen ? null : project.id)}
      >
        <Icon aria-hidden />
        <span className="truncate">{project.name}</span>
        {project.pinned ? <Pin aria-label="pinned" className="text-ink-soft" /> : null}
      </button>
      <Menu
        trigger={
          <IconButton label={`More about the project ${project.name}`} className="size-8 shrink-0 opacity-60 group-hover:opacity-100 focus-visible:opacity-100">
            <Ellipsis aria-hidden />
          </IconButton>
        }
        items={[
          { label: "Rename", icon: <Pencil aria-hidden />, onSelect: () => setNaming(true) },
          project.pinned
            ? { label: "Unpin", icon: <PinOff aria-hidden />, onSelect: () => change({ pinned: false }) }
            : { label: "Pin", icon: <Pin aria-hidden />, onSelect: () => change({ pinned: true }) },
          { label: "Delete", icon: <Archive aria-hidden />, danger: true, onSelect: putAway },
        ]}
      />
    </li>
  );
}
