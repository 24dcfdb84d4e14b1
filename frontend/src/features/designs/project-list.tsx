import { Plus } from "lucide-react";
import { useState } from "react";
import { asProblem } from "@/shared/api/problem";
import { useProjects } from "@/shared/api/reading/projects";
import { useCreateProject } from "@/shared/api/writing/create-project";
import { IconButton } from "@/shared/ui/button";
import { ErrorState } from "@/shared/ui/states";
import { useToast } from "@/shared/ui/toasts";
import { InlineName } from "./inline-name";
import { LONGEST_NAME, ProjectItem } from "./project-item";

interface ProjectListProps {
  /** Whose designs are listed; null: those of all projects. */
  chosen: string | null;
  onChoose: (id: string | null) => void;
}

/** The projects, pinned ones first; choosing one lists its designs alone, and choosing it again those of all. */
export function ProjectList({ chosen, onChoose }: ProjectListProps) {
  const projects = useProjects();
  const creating = useCreateProject();
  const say = useToast();
  const [naming, setNaming] = useState(false);
  const create = (name: string): void =>
    creating.mutate(name, {
      onSuccess: ({ id }) => onChoose(id),
      onError: (error) => {
        const { message, advice } = asProblem(error);
        say({ title: message, text: advice });
      },
    });
  const items = [...(projects.data?.items ?? [])].sort((one, other) => Number(other.pinned) - Number(one.pinned));
  return (
    <section aria-label="Projects" className="flex min-h-18 flex-col gap-1">
      <div className="flex items-center justify-between pl-2">
        <h2 className="font-sans text-xs font-medium tracking-normal text-ink-soft">Projects</h2>
        <IconButton label="New project" className="size-8 shrink-0" onClick={() => setNaming(true)}>
          <Plus aria-hidden />
        </IconButton>
      </div>
      {projects.error ? <ErrorState error={projects.error} onRetry={() => void projects.refetch()} /> : null}
      {naming ? (
        <InlineName
          label="Name of the new project"
          maxLength={LONGEST_NAME}
          onDone={(name) => {
            setNaming(false);
            if (name) create(name);
          }}
        />
      ) : null}
      <ul className="-mx-1 flex max-h-40 flex-col gap-0.5 overflow-y-auto px-1 py-px short:max-h-none">
        {items.map((project) => (
          <ProjectItem key={project.id} project={project} chosen={project.id === chosen} onChoose={onChoose} />
        ))}
      </ul>
    </section>
  );
}
