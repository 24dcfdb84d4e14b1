import type { Flow } from "./flows";

/** Nodes from left to right: each stands behind everything that flows into it, and as near to where it flows as it can.
 *
 * Null: the flows run in a circle or name what is not there, so there is no left and right. */
export function layersOf(ids: readonly string[], flows: readonly Flow[]): Map<string, number> | null {
  const known = new Set(ids);
  if (known.size !== ids.length) return null;
  if (flows.some(({ from, to }) => !known.has(from) || !known.has(to) || from === to)) return null;
  const layers = new Map<string, number>();
  const waiting = new Map(ids.map((id) => [id, new Set(flows.filter(({ to }) => to === id).map(({ from }) => from))]));
  for (let layer = 0; waiting.size; layer += 1) {
    const ready = [...waiting].filter(([, sources]) => [...sources].every((source) => layers.has(source))).map(([id]) => id);
    if (!ready.length) return null;
    for (const id of ready) {
      layers.set(id, layer);
      waiting.delete(id);
    }
  }
  for (const id of ids) {
    const isSource = flows.every(({ to }) => to !== id);
    const behind = flows.filter(({ from }) => from === id).map(({ to }) => layers.get(to) as number);
    if (isSource && behind.length) layers.set(id, Math.min(...behind) - 1);
  }
  return layers;
}

/** A place in a layer: a node, or a lane that a flow passes through on its way to a later layer. */
export interface Place {
  key: string;
  /** Null: a lane. */
  node: string | null;
}

/** The way of a flow: one place in each layer from its source to its target. */
export interface Way {
  flow: Flow;
  keys: string[];
}

/** Layers with their places from top to bottom, so that flows cross little. */
export function ordered(ids: readonly string[], flows: readonly Flow[], layers: ReadonlyMap<string, number>): { columns: Place[][]; ways: Way[] } {
  const count = Math.max(-1, ...layers.values()) + 1;
  const columns: Place[][] = Array.from({ length: count }, () => []);
  for (const id of ids) columns[layers.get(id) as number]?.push({ key: id, node: id });
  const ways = flows.map((flow, index) => {
    const [first, last] = [layers.get(flow.from) as number, layers.get(flow.to) as number];
    const keys = [flow.from];
    for (let layer = first + 1; layer < last; layer += 1) {
      const lane = { key: `lane ${index} ${layer}`, node: null };
      columns[layer]?.push(lane);
      keys.push(lane.key);
    }
    return { flow, keys: [...keys, flow.to] };
  });
  for (let sweep = 0; sweep < SWEEPS; sweep += 1) {
    for (let layer = 1; layer < count; layer += 1) reorder(columns, layer, layer - 1, ways);
    for (let layer = count - 2; layer >= 0; layer -= 1) reorder(columns, layer, layer + 1, ways);
  }
  return { columns, ways };
}

const SWEEPS = 3;

/** Sorts a layer by the mean place of its neighbours; equal ones stay as they were. */
function reorder(columns: Place[][], layer: number, beside: number, ways: readonly Way[]): void {
  const row = columns[layer] as Place[];
  const places = new Map((columns[beside] as Place[]).map(({ key }, index) => [key, index]));
  const means = new Map(
    row.map(({ key }, index) => {
      const near = ways.flatMap(({ keys }) =>
        keys.includes(key) ? keys.map((each) => places.get(each)).filter((each) => each !== undefined) : [],
      );
      return [key, near.length ? near.reduce((sum, each) => sum + each, 0) / near.length : index];
    }),
  );
  row.sort((one, other) => (means.get(one.key) as number) - (means.get(other.key) as number));
}
