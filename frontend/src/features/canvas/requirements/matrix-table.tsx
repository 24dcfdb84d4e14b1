import { CircleCheck, CircleDashed, CircleMinus, CircleX, Route, type LucideIcon } from "lucide-react";
import { useState, type ReactNode } from "react";
import { words } from "@/shared/lib/format";
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

/** From each requirement to its decision, its files and the check that proves it. */
export function MatrixTable({ rows }: { rows: readonly MatrixRow[] }) {
  return (
    <WideTable label="Requirements, decisions, files and checks">
      <thead className="border-b border-line text-xs text-ink-soft">
        <tr>
          <th scope="col">Requirement</th>
          <th scope="col">Decisions</th>
          <th scope="col">Files</th>
          <th scope="col">Proven by</th>
          <th scope="col">Status</th>
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

function Row({ row }: { row: MatrixRow }) {
  const { label, icon: Icon, tone } = STATUSES[row.status] ?? STATUSES.open;
  return (
    <tr>
      <th scope="row" className="min-w-40 align-top font-normal!">
        <span className="font-medium">{words(row.requirement)}</span>: {row.value}
        <span className="block text-xs text-ink-soft">
          {row.source}
          {row.quote ? <q className="ml-1 italic">{row.quote}</q> : null}
        </span>
      </th>
      <td className="min-w-40">
        <Few items={row.decisions}>{(path) => <FileLink path={path}>{recordName(path)}</FileLink>}</Few>
      </td>
      <td className="min-w-48">
        <Few items={row.files}>{(path) => <FileLink path={path} />}</Few>
        {row.resources.length ? (
          <details className="text-xs text-ink-soft">
            <summary className="min-h-6">{row.resources.length} resources</summary>
            <code className="break-all">{row.resources.join(", ")}</code>
          </details>
        ) : null}
      </td>
      <td className="min-w-40">
        <Few items={row.checks}>{(check) => check}</Few>
      </td>
      <td className="min-w-32">
        <Badge tone={tone}>
          <Icon aria-hidden />
          {label}
        </Badge>
        {row.gap ? <span className="mt-1 block text-xs text-ink-soft">{row.gap}</span> : null}
      </td>
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
