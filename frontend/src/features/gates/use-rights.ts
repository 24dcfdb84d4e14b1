import { useMe } from "@/shared/api/reading/me";
import type { Gate } from "./gate";

interface Rights {
  /** Who reads this, as decisions name them; unknown until the server has said so. */
  actor: string | undefined;
  mayDecide: boolean;
  /** Their approval is among those that count already; another one has to come from somebody else. */
  hasApproved: boolean;
  mayWaive: boolean;
}

/** What whoever reads the gate may do at it. As long as that is not known everything is offered: the server decides. */
export function useRights(gate: Gate): Rights {
  const me = useMe().data;
  return {
    actor: me?.actor,
    mayDecide: !me || me.roles.includes(gate.needs.role),
    hasApproved: me !== undefined && (gate.needs.voters ?? []).includes(me.actor),
    mayWaive: !me || me.roles.includes("admin"),
  };
}
