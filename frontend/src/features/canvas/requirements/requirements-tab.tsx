import type { Schemas } from "@/shared/api/client";
import { EmptyState } from "@/shared/ui/states";
import { Loaded } from "../loaded";
import { Section } from "../section";
import { useStored } from "../use-stored";
import { ConstraintTable, type Constraint } from "./constraint-table";
import { readMatrix } from "./matrix";
import { MatrixTable } from "./matrix-table";

/** What was asked for, and what of it is proven; before there is a repository, where each requirement comes from. */
export function RequirementsTab({ design }: { design: Schemas["DecisionSetRead"] }) {
  const stored = useStored(design.id, "matrix.json", readMatrix);
  return (
    <Loaded query={stored} label="Reading the requirements">
      {(matrix) =>
        matrix === null ? (
          <Constraints constraints={design.constraints as unknown as Constraint[]} />
        ) : (
          <div className="p-4">
            <Section
              title="From requirement to proof"
              note={`${matrix.coverage_pct} % proven; ${matrix.stated_coverage_pct} % of what a person stated`}
            >
              <MatrixTable rows={matrix.rows} />
            </Section>
          </div>
        )
      }
    </Loaded>
  );
}

function Constraints({ constraints }: { constraints: readonly Constraint[] }) {
  if (!constraints.length) {
    return <EmptyState title="No requirements yet">They come as soon as the words have been read.</EmptyState>;
  }
  return (
    <div className="p-4">
      <Section title="What was understood" note="Decisions, files and proofs are added when the repository is checked.">
        <ConstraintTable constraints={constraints} />
      </Section>
    </div>
  );
}
