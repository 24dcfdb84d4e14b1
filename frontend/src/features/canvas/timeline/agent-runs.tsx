import { useEffect } from "react";
import { useAgentRuns } from "@/shared/api/reading/agent-runs";
import { duration, figure, usd, words } from "@/shared/lib/format";
import { Loaded } from "../loaded";
import { WideTable } from "../wide-table";

interface AgentRunsProps {
  runId: string;
  /** How many visits have finished; the list is read anew when one more has. */
  finished: number;
}

/** Who worked on each step: which model, how many tokens, at what cost. */
export function AgentRuns({ runId, finished }: AgentRunsProps) {
  const runs = useAgentRuns(runId);
  const { refetch } = runs;
  useEffect(() => {
    if (finished) void refetch();
  }, [finished, refetch]);
  return (
    <Loaded query={runs} label="Reading who worked on it">
      {({ items }) =>
        items.length ? (
          <WideTable label="Agent runs">
            <thead className="border-b border-line text-xs text-ink-soft">
              <tr>
                <th scope="col">Step</th>
                <th scope="col">Provider</th>
                <th scope="col">Model</th>
                <th scope="col" className="text-right!">Tokens in</th>
                <th scope="col" className="text-right!">Tokens out</th>
                <th scope="col" className="text-right!">Cost</th>
                <th scope="col" className="text-right!">Time</th>
              </tr>
            </thead>
            <tbody className="divide-y divide-line">
              {items.map((run) => (
                <tr key={`${run.node} ${run.visit}`}>
                  <th scope="row" className="font-normal!">
                    {words(run.node)}
                  </th>
                  <td>{run.provider}</td>
                  <td className="whitespace-nowrap">{run.model || "none"}</td>
                  <td className="text-right whitespace-nowrap">{figure(run.input_tokens)}</td>
                  <td className="text-right whitespace-nowrap">{figure(run.output_tokens)}</td>
                  <td className="text-right whitespace-nowrap">{usd(run.cost_usd)}</td>
                  <td className="text-right whitespace-nowrap">{duration(run.seconds)}</td>
                </tr>
              ))}
            </tbody>
          </WideTable>
        ) : (
          <p className="text-sm text-ink-soft">No step has finished yet.</p>
        )
      }
    </Loaded>
  );
}
