import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, render } from "@testing-library/react";
import { vi } from "vitest";
import { emptyStory, type Story } from "@/features/story/story";
import { keys } from "@/shared/api/keys";
import { useDecisionSet } from "@/shared/api/reading/decision-set";
import { useDecide } from "@/shared/api/writing/decide";
import { waitingAt } from "@/testing/designs";
import { Toasts } from "@/shared/ui/toasts";
import type { Design, Gate } from "./gate";
import { GatePlace } from "./gate-place";

type Answer = [status: number, body: unknown];

/** `POST approve` → what is answered; the path is its last part. */
export type Answers = Record<string, Answer | ((sent: unknown) => Answer | Promise<Answer>)>;

let gates = 0;

export function gateOf(given: Partial<Gate>): Gate {
  gates += 1;
  return {
    id: `gate_${gates}`,
    kind: "input",
    status: "waiting",
    digest: "abcdef0123456789",
    title: "Before the design is planned",
    message: "2 answer(s) would change the design.",
    decisions: ["approve", "respond", "edit", "reject"],
    questions: [],
    trips: [],
    deadline: null,
    on_deadline: null,
    needs: { role: "editor", approvals: 1, votes: 0 },
    shown: {},
    outcome: "",
    waiting_since: new Date().toISOString(),
    ...given,
  };
}

interface Shown {
  sent: { name: string; body: unknown }[];
  /** As when the stream tells that the design is another one: it is read again. */
  readAgain: () => Promise<void>;
}

/** Renders the gate of a decision set as the page does: gone as soon as nothing waits. */
export function showGate(gate: Gate, answers: Answers = {}, given: Partial<Design> = {}, story: Story = emptyStory): Shown {
  const sent: { name: string; body: unknown }[] = [];
  const known: Answers = { "GET ds_1": [200, waitingAt(gate, given)], ...answers };
  vi.stubGlobal("fetch", async (request: Request) => {
    const name = `${request.method} ${new URL(request.url).pathname.split("/").at(-1)}`;
    const body: unknown = request.method === "GET" ? undefined : await request.json();
    if (body !== undefined) sent.push({ name, body });
    const answer = known[name] ?? [404, { detail: `There is no ${name}.` }];
    const [status, content] = typeof answer === "function" ? await answer(body) : answer;
    return new Response(JSON.stringify(content), { status, headers: { "content-type": status < 400 ? "application/json" : "application/problem+json" } });
  });
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(
    <QueryClientProvider client={client}>
      <Toasts>
        <Page story={story} />
      </Toasts>
    </QueryClientProvider>,
  );
  return { sent, readAgain: () => act(() => client.invalidateQueries({ queryKey: keys.decisionSet("ds_1"), exact: true })) };
}

function Page({ story }: { story: Story }) {
  const design = useDecisionSet("ds_1").data;
  const deciding = useDecide("ds_1");
  return (
    <main>
      <label>
        Message <textarea />
      </label>
      {design ? <GatePlace design={design} story={story} deciding={deciding} /> : null}
      {design && !design.gate ? <p>Nothing waits.</p> : null}
    </main>
  );
}
