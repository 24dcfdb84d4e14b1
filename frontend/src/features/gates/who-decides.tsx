import { ago, dateTime } from "@/shared/lib/format";
import { useNow } from "@/shared/lib/use-now";
import type { Gate } from "./gate";
import { atDeadline, nameOf, timeLeft } from "./wording";

interface WhoDecidesProps {
  gate: Gate;
  /** Who reads it. */
  actor: string | undefined;
}

/** Who may decide, since when it waits, until when, and under which digest. */
export function WhoDecides({ gate, actor }: WhoDecidesProps) {
  const now = useNow(true, 30_000);
  const { role, approvals, votes, voters = [] } = gate.needs;
  return (
    <ul className="flex flex-wrap gap-x-4 gap-y-1 text-xs text-ink-soft tabular-nums">
      <li>
        Decided by {article(role)}
        {approvals > 1 ? `: ${approvals} people have to approve, ${votes} did so far` : ""}
        {approvals > 1 && voters.length ? ` (${voters.map((voter) => (voter === actor ? "you" : nameOf(voter))).join(", ")})` : ""}
      </li>
      <li>
        Waiting since{" "}
        <time dateTime={gate.waiting_since} title={dateTime(gate.waiting_since)}>
          {ago(gate.waiting_since, now)}
        </time>
      </li>
      {gate.deadline ? <Deadline at={gate.deadline} outcome={gate.on_deadline} now={now} /> : null}
      <li>
        <abbr title={`Your decision is bound to what is shown here: SHA-256 ${gate.digest}`} className="no-underline">
          Digest <code>{gate.digest.slice(0, 8)}</code>
        </abbr>
      </li>
    </ul>
  );
}

function Deadline({ at, outcome, now }: { at: string; outcome: string | null; now: number }) {
  const left = Date.parse(at) - now;
  return (
    <li className={left < 3_600_000 ? "font-medium text-warn" : undefined}>
      {left > 0 ? `${timeLeft(left)} left, until ` : "The deadline has passed: "}
      <time dateTime={at}>{dateTime(at)}</time>; then {atDeadline(outcome)}
    </li>
  );
}

const article = (role: string): string => `${/^[aeiou]/.test(role) ? "an" : "a"} ${role}${role === "admin" ? "" : " or someone above"}`;
