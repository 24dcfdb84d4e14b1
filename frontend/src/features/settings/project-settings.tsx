import { useProjects } from "@/shared/api/reading/projects";
import { useChangeProject } from "@/shared/api/writing/change-project";
import type { Schemas } from "@/shared/api/client";
import { EmptyState, ErrorState, LoadingState } from "@/shared/ui/states";
import { Field, Select } from "@/shared/ui/field";
import { DeadlineFields } from "./deadline-fields";

type Project = Schemas["ProjectRead"];
type When = Project["gate_policy"]["input"];

const WHEN: [When, string][] = [
  ["always", "always stops"],
  ["trips", "stops when something needs a look"],
  ["never", "never stops; the policy decides"],
];

/** How the two gates of each project behave. */
export function ProjectSettings() {
  const projects = useProjects();
  return (
    <section className="flex flex-col gap-3">
      <h2 className="text-lg">Gates of projects</h2>
      {projects.error ? <ErrorState error={projects.error} onRetry={() => void projects.refetch()} /> : null}
      {projects.isPending ? <LoadingState label="Reading projects" className="px-0" /> : null}
      {projects.data?.items.length === 0 ? <EmptyState title="No projects yet">The first design makes one.</EmptyState> : null}
      <ul className="flex flex-col divide-y divide-line border-y border-line">
        {projects.data?.items.map((project) => (
          <li key={project.id} className="py-4">
            <ProjectGates project={project} />
          </li>
        ))}
      </ul>
    </section>
  );
}

function ProjectGates({ project }: { project: Project }) {
  const changing = useChangeProject();
  const policy = project.gate_policy;
  const change = (changed: Partial<Project["gate_policy"]>): void =>
    changing.mutate({ id: project.id, gate_policy: { ...policy, ...changed } });
  return (
    <fieldset className="flex flex-col gap-3" disabled={changing.isPending}>
      <legend className="mb-2 text-sm font-medium">{project.name}</legend>
      <div className="grid gap-4 sm:grid-cols-2">
        {(["input", "final"] as const).map((gate) => (
          <div key={gate} className="flex flex-col gap-3">
            <Field label={gate === "input" ? "Questions" : "Approval"}>
              {(field) => (
                <Select {...field} value={policy[gate]} onChange={(event) => change({ [gate]: event.target.value as When })}>
                  {WHEN.map(([value, label]) => (
                    <option key={value} value={value}>
                      {label}
                    </option>
                  ))}
                </Select>
              )}
            </Field>
            <DeadlineFields
              key={JSON.stringify(policy[`${gate}_deadline`] ?? null)}
              gate={gate}
              deadline={policy[`${gate}_deadline`]}
              busy={changing.isPending}
              onKeep={(deadline) => change({ [`${gate}_deadline`]: deadline })}
            />
          </div>
        ))}
      </div>
      <p className="text-xs text-ink-soft">A deadline counts from the moment a gate opens, for gates that open from now on.</p>
      {changing.error ? <ErrorState error={changing.error} /> : null}
    </fieldset>
  );
}
