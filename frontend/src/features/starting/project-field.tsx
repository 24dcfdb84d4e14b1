import { useProjects } from "@/shared/api/reading/projects";
import { Select } from "@/shared/ui/field";

interface ProjectFieldProps {
  chosen: string | null;
  onChoose: (id: string | null) => void;
}

/** Where a design goes that was started without a project; the server makes it when it is first needed. */
const USUAL = "Designs";

/** Which project the design goes into; there is nothing to choose as long as there is one. */
export function ProjectField({ chosen, onChoose }: ProjectFieldProps) {
  const projects = useProjects().data?.items ?? [];
  const others = projects.filter(({ name }) => name !== USUAL);
  if (!others.length) return null;
  return (
    <Select
      aria-label="Project"
      className="w-auto max-w-48 min-w-0 truncate"
      value={others.some(({ id }) => id === chosen) ? (chosen ?? "") : ""}
      onChange={(event) => onChoose(event.target.value || null)}
    >
      <option value="">{USUAL}</option>
      {others.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </Select>
  );
}
