/** The matrix as `matrix.json` stores it: which requirement is answered by what, and what proves it. */

export type MatrixStatus = "proven" | "traced" | "failed" | "open" | "not asked";

export interface MatrixRow {
  requirement: string;
  value: string;
  source: string;
  quote: string;
  decisions: string[];
  files: string[];
  resources: string[];
  checks: string[];
  status: MatrixStatus;
  gap: string;
}

export interface Matrix {
  rows: MatrixRow[];
  coverage_pct: number;
  stated_coverage_pct: number;
}

const WEIGHT: Record<MatrixStatus, number> = { failed: 0, open: 1, traced: 2, proven: 3, "not asked": 4 };

/** What is not proven first.
 *
 * @throws where the text is no matrix.
 */
export function readMatrix(text: string): Matrix {
  const matrix = JSON.parse(text) as Matrix;
  const rows = [...matrix.rows].sort((one, other) => (WEIGHT[one.status] ?? 0) - (WEIGHT[other.status] ?? 0));
  return { ...matrix, rows };
}
