import { Folder, FolderOpen, Pin } from "lucide-react";
import { useState } from "react";
import type { Schemas } from "@/shared/api/client";
import { useChangeProject } from "@/shared/api/writing/change-project";
import { cn } from "@/shared/lib/class-names";
import { useToast } from "@/shared/ui/toasts";
import { EntryMenu } from "./entry-menu";
import { InlineName } from "./inline-name";
import { useChanges } from "./use-changes";

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
  const { mutateAsync } = useChangeProject();
  const change = useChanges((what: Schemas["ProjectPatch"]) => mutateAsync({ id: project.id, ...what }));
  const putAway = (): void => {
    if (chosen) onChoose(null);
    change({ archived: true }, () =>
      say({
        title: "The project was deleted",
        text: `${project.name}; its designs stay in the list of all.`,
        action: { label: "Undo", run: () => change({ archived: false }, chosen ? () => onChoose(project.id) : undefined) },
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
      <EntryMenu
        label={`More about the project ${project.name}`}
        pinned={project.pinned}
        onRename={() => setNaming(true)}
        onPin={(pinned) => change({ pinned })}
        onDelete={putAway}
      />
    </li>
  );
}
