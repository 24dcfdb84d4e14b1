import { Download } from "lucide-react";
import type { Ending } from "@/features/story/events";
import { downloadArtifact, newest } from "@/shared/api/reading/artifact";
import { useArtifacts } from "@/shared/api/reading/artifacts";
import type { Schemas } from "@/shared/api/client";
import { bytes } from "@/shared/lib/format";
import { Button } from "@/shared/ui/button";
import { ErrorState } from "@/shared/ui/states";
import { Problem } from "@/shared/api/problem";

/** What came of the run, and what can be taken away. */
export function EndCard({ ending, design }: { ending: Ending; design: Schemas["DecisionSetRead"] }) {
  const artifacts = useArtifacts(design.id).data?.items;
  const repository = newest(artifacts, "repository.zip");
  const rationale = newest(artifacts, "rationale.md");
  return (
    <section aria-label="Result" className="flex flex-col gap-3">
      {ending.problem ? <ErrorState error={new Problem({ detail: ending.problem.message, ...ending.problem })} /> : null}
      <div className="flex flex-wrap gap-2">
        {repository ? (
          <Button kind="primary" onClick={() => void downloadArtifact(repository)}>
            <Download aria-hidden />
            Download the repository ({bytes(repository.bytes)})
          </Button>
        ) : null}
        {rationale ? (
          <Button onClick={() => void downloadArtifact(rationale)}>
            <Download aria-hidden />
            Rationale
          </Button>
        ) : null}
      </div>
    </section>
  );
}
