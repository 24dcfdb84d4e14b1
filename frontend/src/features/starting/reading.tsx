/** How a table was read, where whoever brought it may have meant something else, and where persons are in it. */
export function Reading({ remarks }: { remarks: readonly string[] }) {
  if (!remarks.length) return null;
  return (
    <details className="text-sm">
      <summary className="min-h-6 text-ink-soft">{`How it was read (${remarks.length})`}</summary>
      <ul className="flex flex-col gap-1 border-l-2 border-line py-1 pl-3">
        {remarks.map((remark) => (
          <li key={remark} className="break-words">
            {remark}
          </li>
        ))}
      </ul>
    </details>
  );
}
