import type { Flow } from "./flows";
import { layersOf, ordered, type Place, type Way } from "./layers";

export interface Point {
  x: number;
  y: number;
}

export interface Layout {
  /** Upper left corners. */
  nodes: ReadonlyMap<string, Point>;
  /** Corners of the line from each source to its target. */
  lines: readonly { flow: Flow; points: readonly Point[] }[];
  width: number;
  height: number;
}

export const NODE = { width: 208, height: 104 } as const;
const LANE_HEIGHT = 16;
const GAP = { x: 48, y: 24 } as const;
const BAND_GAP = 56;
const STEP = NODE.width + GAP.x;

/** Places nodes in layers from left to right; the same nodes and flows always get the same places.
 *
 * @param columns how many layers stand beside each other; further ones go on below, as lines of a text do.
 * @returns null where flows name what is not there, or run in a circle.
 */
export function layOut(ids: readonly string[], flows: readonly Flow[], columns: number = Infinity): Layout | null {
  const fitting = Math.max(1, Math.floor(columns) || 1);
  const flowing = new Set(flows.flatMap(({ from, to }) => [from, to]));
  const chain = ids.filter((id) => flowing.has(id));
  const alone = ids.filter((id) => !flowing.has(id));
  const layers = layersOf(chain, flows);
  if (!layers || new Set(ids).size !== ids.length) return null;
  const order = ordered(chain, flows, layers);
  const bands = inBands(order.columns, Math.min(fitting, Math.max(1, order.columns.length)));
  const across = Math.min(fitting, Math.max(order.columns.length, Math.min(alone.length, 4)));
  const nodes = new Map([...bands.places].filter(([, place]) => place.node).map(([key, { at }]) => [key, at]));
  alone.forEach((id, index) => {
    const row = Math.floor(index / across);
    nodes.set(id, { x: (index % across) * STEP, y: bands.height + row * (NODE.height + GAP.y) });
  });
  const last = Math.max(0, ...[...nodes.values()].map(({ y }) => y + NODE.height));
  return {
    nodes,
    lines: order.ways.map((way) => ({ flow: way.flow, points: route(way, bands) })),
    width: Math.max(1, across) * STEP - GAP.x,
    height: last,
  };
}

interface Placed {
  at: Point;
  node: boolean;
  band: number;
}

interface Bands {
  places: Map<string, Placed>;
  /** Lower edge of each band. */
  ends: number[];
  /** Where the next band would begin. */
  height: number;
}

const heightOf = (place: Place): number => (place.node ? NODE.height : LANE_HEIGHT);

function inBands(columns: readonly Place[][], fitting: number): Bands {
  const places = new Map<string, Placed>();
  const ends: number[] = [];
  let top = 0;
  for (let first = 0; first < columns.length; first += fitting) {
    const band = columns.slice(first, first + fitting);
    const tall = band.map((column) => column.reduce((sum, place) => sum + heightOf(place) + GAP.y, -GAP.y));
    const height = Math.max(...tall);
    band.forEach((column, index) => {
      let y = top + (height - (tall[index] as number)) / 2;
      for (const place of column) {
        places.set(place.key, { at: { x: index * STEP, y }, node: place.node !== null, band: ends.length });
        y += heightOf(place) + GAP.y;
      }
    });
    ends.push(top + height);
    top += height + BAND_GAP;
  }
  return { places, ends, height: top };
}

/** Right-angled: across the gap between two layers, or through the gap between two bands. */
function route({ keys }: Way, { places, ends }: Bands): Point[] {
  const points: Point[] = [];
  keys.forEach((key, index) => {
    const { at, node, band } = places.get(key) as Placed;
    const middle = at.y + (node ? NODE.height : LANE_HEIGHT) / 2;
    const before = points.at(-1);
    if (before) {
      const wayDown = before.x + GAP.x / 2;
      points.push({ x: wayDown, y: before.y });
      const earlier = places.get(keys[index - 1] as string) as Placed;
      if (earlier.band !== band) {
        const between = (ends[earlier.band] as number) + BAND_GAP / 2;
        const wayIn = at.x - GAP.x / 2;
        points.push({ x: wayDown, y: between }, { x: wayIn, y: between }, { x: wayIn, y: middle });
      } else {
        points.push({ x: wayDown, y: middle });
      }
      points.push({ x: at.x, y: middle });
    }
    if (index < keys.length - 1) points.push({ x: at.x + NODE.width, y: middle });
  });
  return points.filter((point, index) => point.x !== points[index - 1]?.x || point.y !== points[index - 1]?.y);
}

const CORNER = 8;

/** The line through these corners as SVG draws it, with the corners rounded. */
export function pathOf(points: readonly Point[]): string {
  return points
    .map((point, index) => {
      const [before, after] = [points[index - 1], points[index + 1]];
      if (!before) return `M${point.x} ${point.y}`;
      if (!after) return `L${point.x} ${point.y}`;
      const enter = towards(point, before);
      const leave = towards(point, after);
      return `L${enter.x} ${enter.y}Q${point.x} ${point.y} ${leave.x} ${leave.y}`;
    })
    .join("");
}

function towards(from: Point, to: Point): Point {
  const length = Math.hypot(to.x - from.x, to.y - from.y) || 1;
  const share = Math.min(CORNER, length / 2) / length;
  return { x: from.x + (to.x - from.x) * share, y: from.y + (to.y - from.y) * share };
}
