import type { Schemas } from "@/shared/api/client";
import { words } from "@/shared/lib/format";

type Profile = Schemas["DatasetProfileRead"]["profile"];

const NAMED = 5;

/** How the table was read, where whoever brought it may have meant something else, and where persons are in it. */
export function Reading({ profile }: { profile: Profile }) {
  const said = remarksOf(profile);
  if (!said.length) return null;
  return (
    <details className="text-sm">
      <summary className="min-h-6 text-ink-soft">{`How it was read (${said.length})`}</summary>
      <ul className="flex flex-col gap-1 border-l-2 border-line py-1 pl-3">
        {said.map((remark) => (
          <li key={remark} className="break-words">
            {remark}
          </li>
        ))}
      </ul>
    </details>
  );
}

/** The sentences, of the file first; columns of which the same is said stand together. */
export function remarksOf({ source, columns }: Profile): string[] {
  const named = new Map<string, string[]>();
  const say = (remark: string, column: string): void => void named.set(remark, [...(named.get(remark) ?? []), column]);
  for (const { name, notes, personal } of columns) {
    for (const note of notes ?? []) say(note, name);
    if (personal) say(`personal data (${words(personal.kind).toLowerCase()})`, name);
  }
  return [...(source.notes ?? []), ...[...named].map(([remark, names]) => `${some(names)}: ${remark}`)];
}

const some = (names: readonly string[]): string =>
  names.length > NAMED ? `${names.slice(0, NAMED).join(", ")} and ${names.length - NAMED} more` : names.join(", ");
