/** What went wrong, in the server's own words: what happened, what was kept, what to do next. */
export interface ProblemFacts {
  code?: string;
  title?: string;
  detail?: string;
  status?: number;
  advice?: string;
  kept?: string;
  run_id?: string;
  correlation_id?: string;
  [extension: string]: unknown;
}

export class Problem extends Error {
  readonly facts: ProblemFacts;
  /** 0: no answer came at all. */
  readonly status: number;

  constructor(facts: ProblemFacts) {
    super(facts.detail ?? facts.title ?? "The server does not answer.");
    this.name = "Problem";
    this.facts = facts;
    this.status = facts.status ?? 0;
  }

  get advice(): string {
    return this.facts.advice ?? "";
  }
}

export const unreachable = (): Problem =>
  new Problem({
    code: "page.unreachable",
    detail: "The server does not answer.",
    advice: "Nothing is lost: designs go on without this page. It tries again by itself.",
  });

/** The problem in an answer that is not 2xx. */
export async function problemOf(response: Response): Promise<Problem> {
  const facts = (await response.json().catch(() => ({}))) as ProblemFacts;
  return new Problem({ detail: `The server answered ${response.status}.`, ...facts, status: response.status });
}

export function asProblem(error: unknown): Problem {
  if (error instanceof Problem) return error;
  return new Problem({ code: "page.error", detail: error instanceof Error ? error.message : String(error) });
}
