import { CircleCheck, CircleDashed, CircleMinus, CircleX, Route, type LucideIcon } from "lucide-react";
import { useState, type ReactNode } from "react";
import { plain, words } from "@/shared/lib/format";
import { Badge, type Tone } from "@/shared/ui/badge";
import { FileLink } from "../file-link";
import { WideTable } from "../wide-table";
import type { MatrixRow, MatrixStatus } from "./matrix";

const STATUSES: Record<MatrixStatus, { label: string; icon: LucideIcon; tone: Tone }> = {
  proven: { label: "Proven", icon: CircleCheck, tone: "good" },
  traced: { label: "Traced", icon: Route, tone: "plain" },
  failed: { label: "Failed", icon: CircleX, tone: "bad" },
  open: { label: "Open", icon: CircleDashed, tone: "warn" },
  "not asked": { label: "Not asked", icon: CircleMinus, tone: "plain" },
};

/** From each requirement to its decision, its files and the check that proves it: a row for each where there is room
 * for one, else a block for each with the headings beside what they head. */
export function MatrixTable({ rows }: { rows: readonly MatrixRow[] }) {
  return (
    <WideTable label="Requirements, decisions, files and checks">
      <thead className="border-b border-line text-xs text-ink-soft @max-2xl:sr-only">
        <tr>
          {["Requirement", ...HEADINGS].map((heading) => (
            <th key={heading} scope="col">
              {heading}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="divide-y divide-line">
        {rows.map((row) => (
          <Row key={row.requirement} row={row} />
        ))}
      </tbody>
    </WideTable>
  );
}

const HEADINGS = ["Status", "Decisions", "Files", "Proven by"] as const;

function Cell({ heading, children }: { heading: (typeof HEADINGS)[number]; children: ReactNode }) {
  return (
    <td className="@max-2xl:flex @max-2xl:gap-3 @max-2xl:py-1!">
      <span aria-hidden className="hidden w-20 shrink-0 text-xs leading-6 text-ink-soft @max-2xl:inline">
        {heading}
      </span>
      <div className="min-w-0 flex-1 wrap-anywhere">{children}</div>
    </td>
  );
}

function Row({ row }: { row: MatrixRow }) {
  const { label, icon: Icon, tone } = STATUSES[row.status] ?? STATUSES.open;
  return (
    <tr className="@max-2xl:flex @max-2xl:flex-col @max-2xl:py-2">
      <th scope="row" className="align-top font-normal! @2xl:min-w-40">
        <span className="font-medium">{words(row.requirement)}</span>: {row.value.split(", ").map(plain).join(", ")}
        <span className="block text-xs text-ink-soft">
          {row.source}
          {row.quote ? <q className="ml-1 italic">{row.quote}</q> : null}
        </span>
      </th>
      <Cell heading="Status">
        <Badge tone={tone}>
          <Icon aria-hidden />
          {label}
        </Badge>
        {row.gap ? <span className="mt-1 block text-xs text-ink-soft">{row.gap}</span> : null}
      </Cell>
      <Cell heading="Decisions">
        <Few items={row.decisions}>{(path) => <FileLink path={path}>{recordName(path)}</FileLink>}</Few>
      </Cell>
      <Cell heading="Files">
        <Few items={row.files}>{(path) => <FileLink path={path} />}</Few>
        {row.resources.length ? (
          <details className="text-xs text-ink-soft">
            <summary className="min-h-6">{row.resources.length} resources</summary>
            <code className="break-all">{row.resources.join(", ")}</code>
          </details>
        ) : null}
      </Cell>
      <Cell heading="Proven by">
        <Few items={row.checks}>{(check) => check}</Few>
      </Cell>
    </tr>
  );
}

/** `docs/adr/0008-serve-ecs-fargate-service.md` → `0008 serve ecs fargate service`. */
const recordName = (path: string): string => (path.split("/").at(-1) ?? path).replace(/\.md$/, "").replaceAll("-", " ");

const FEW = 3;

function Few({ items, children }: { items: readonly string[]; children: (item: string) => ReactNode }) {
  const [all, setAll] = useState(false);
  if (!items.length) return <span className="text-xs text-ink-soft">none</span>;
  const more = items.length - FEW;
  return (
    <ul className="flex flex-col">
      {(all ? items : items.slice(0, FEW)).map((item) => (
        <li key={item}>{children(item)}</li>
      ))}
      {more > 0 && !all ? (
        <li>
          <button type="button" className="min-h-6 text-xs text-accent-ink underline" onClick={() => setAll(true)}>
            {more} more
          </button>
        </li>
      ) : null}
    </ul>
  );
}
