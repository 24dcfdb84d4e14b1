const named = (rules: unknown): string => (Array.isArray(rules) ? rules.filter((rule) => typeof rule === "string").join(", ") : "");

/** What a decision did to failing rules: `waived pci.keys`, `withdrew the waiver of pci.keys`; empty where it did nothing to them. */
export function aboutRules({ waived, withdrawn }: { waived?: unknown; withdrawn?: unknown }): string {
  return [
    named(waived) ? `waived ${named(waived)}` : "",
    named(withdrawn) ? `withdrew the waiver of ${named(withdrawn)}` : "",
  ].filter(Boolean).join("; ");
}
