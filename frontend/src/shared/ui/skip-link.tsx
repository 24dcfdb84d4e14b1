/** The first stop of the Tab key: past everything that stands before what the page is for. It is no address, because what
 * stands behind `#` may be a link's token. */
export function SkipLink({ label, onSkip }: { label: string; onSkip?: () => void }) {
  return (
    <button
      type="button"
      className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded focus:bg-surface focus:px-4 focus:py-2 focus:text-sm focus:font-medium focus:shadow-card"
      onClick={() => {
        onSkip?.();
        // What was asked for may be shown only now.
        requestAnimationFrame(() => (document.querySelector<HTMLElement>("[data-skip-to]") ?? document.querySelector("main"))?.focus());
      }}
    >
      {label}
    </button>
  );
}
