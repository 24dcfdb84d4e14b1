import { useKept } from "@/shared/lib/use-kept";
import { useProjects } from "./projects";

/** Under this name the page keeps which project somebody works in: its designs are listed, and new ones go there. */
const PROJECT = "project";

/** The project somebody works in, and its choice; null for none, and once it has been deleted, here or elsewhere. */
export function useChosenProject(): [string | null, (id: string | null) => void] {
  const [kept, choose] = useKept<string | null>(PROJECT, null);
  const { data } = useProjects();
  const gone = data?.next_cursor === null && data.items.every(({ id }) => id !== kept);
  return [gone ? null : kept, choose];
}
