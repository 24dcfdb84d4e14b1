"use client";

/** What is shown when a view breaks: what happened, that nothing is lost, and the way back. It stands alone: every page
 * has it with it, and it must not need what may have broken. */
export default function BrokenView({ error, reset }: { error: Error; reset: () => void }) {
  return (
    <main className="mx-auto max-w-2xl p-6">
      <div role="alert" className="flex flex-col items-start gap-1 rounded border border-bad bg-bad-wash p-4 text-sm">
        <p className="font-medium break-words">{error.message}</p>
        <p>Nothing is lost: designs go on without this page.</p>
        <p>Try again; if it happens again, reload the page.</p>
        <button
          type="button"
          className="mt-2 min-h-9 rounded border border-line-strong bg-surface px-4 font-medium hover:bg-sand"
          onClick={reset}
        >
          Try again
        </button>
      </div>
    </main>
  );
}
