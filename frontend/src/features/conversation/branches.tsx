import { ChevronLeft, ChevronRight } from "lucide-react";
import { useRouter } from "next/navigation";
import { useBranches } from "@/shared/api/reading/branches";
import { paths } from "@/shared/config/paths";
import { IconButton } from "@/shared/ui/button";

/** `2 of 3`: the forks of one brief, and the way between them. */
export function Branches({ id }: { id: string }) {
  const router = useRouter();
  const branches = useBranches(id).data?.items ?? [];
  const place = branches.findIndex((branch) => branch.id === id);
  if (branches.length < 2 || place < 0) return null;
  const go = (step: number): void => {
    const next = branches[place + step];
    if (next) router.push(paths.run(next.id));
  };
  return (
    <nav aria-label="Forks of this brief" className="flex items-center gap-1 self-end text-xs text-ink-soft tabular-nums">
      <IconButton label="The fork before" className="size-7" disabled={place === 0} onClick={() => go(-1)}>
        <ChevronLeft aria-hidden />
      </IconButton>
      {place + 1} of {branches.length}
      <IconButton label="The next fork" className="size-7" disabled={place === branches.length - 1} onClick={() => go(1)}>
        <ChevronRight aria-hidden />
      </IconButton>
    </nav>
  );
}
