import { describe, expect, it } from "vitest";
import { SLOTS } from "../slots";
import { flowsOf, type Flow } from "./flows";
import { layOut, NODE, pathOf, type Layout } from "./layout";

const chain = (count: number): { ids: string[]; flows: Flow[] } => {
  const ids = Array.from({ length: count }, (_, index) => `n${index}`);
  return { ids, flows: ids.slice(1).map((to, index) => ({ from: `n${index}`, to })) };
};

function overlaps({ nodes }: Layout): [string, string][] {
  const all = [...nodes];
  return all.flatMap(([one, a], index) =>
    all
      .slice(index + 1)
      .filter(([, b]) => Math.abs(a.x - b.x) < NODE.width && Math.abs(a.y - b.y) < NODE.height)
      .map(([other]) => [one, other] as [string, string]),
  );
}

describe("layout of the diagram", () => {
  it("stands every node to the right of what flows into it", () => {
    const parts = SLOTS.map((slot) => ({ id: slot, slot }));
    const flows = flowsOf(parts);
    const layout = layOut(SLOTS, flows) as Layout;
    for (const { from, to } of flows) expect(layout.nodes.get(from)?.x).toBeLessThan(layout.nodes.get(to)?.x as number);
    expect(layout.nodes.size).toBe(SLOTS.length);
    expect(overlaps(layout)).toEqual([]);
  });

  it("is the same every time", () => {
    const parts = SLOTS.map((slot) => ({ id: slot, slot }));
    const twice = [0, 1].map(() => layOut(SLOTS, flowsOf(parts), 3));
    expect([...(twice[0] as Layout).nodes]).toEqual([...(twice[1] as Layout).nodes]);
    expect(twice[0]?.lines).toEqual(twice[1]?.lines);
  });

  it.each([1, 3, 5, Infinity])("holds 40 nodes without overlap, %s layers beside each other", (columns) => {
    const ids = Array.from({ length: 40 }, (_, index) => `n${index}`);
    const flows = ids.slice(1, 36).map((to, index) => ({ from: `n${Math.floor(index / 2)}`, to }));
    const layout = layOut(ids, flows, columns) as Layout;
    expect(layout.nodes.size).toBe(40);
    expect(overlaps(layout)).toEqual([]);
    for (const { x, y } of layout.nodes.values()) {
      expect(x + NODE.width).toBeLessThanOrEqual(layout.width);
      expect(y + NODE.height).toBeLessThanOrEqual(layout.height);
    }
  });

  it("goes on below where there is no room", () => {
    const { ids, flows } = chain(7);
    const layout = layOut(ids, flows, 3) as Layout;
    expect(new Set([...layout.nodes.values()].map(({ x }) => x)).size).toBe(3);
    expect(new Set([...layout.nodes.values()].map(({ y }) => y)).size).toBe(3);
  });

  it("leads lines from the right side of a node to the left side of the next, around the nodes between", () => {
    const { ids, flows } = chain(4);
    const layout = layOut(ids, [...flows, { from: "n0", to: "n3" }]) as Layout;
    const skip = layout.lines.at(-1)?.points ?? [];
    expect(skip[0]?.x).toBe(NODE.width);
    expect(skip.at(-1)?.x).toBe(layout.nodes.get("n3")?.x);
    for (const id of ["n1", "n2"]) {
      const { x, y } = layout.nodes.get(id) as { x: number; y: number };
      const inside = skip.filter((point) => point.x > x && point.x < x + NODE.width && point.y > y && point.y < y + NODE.height);
      expect(inside).toEqual([]);
      const level = skip.find((point) => point.x === x)?.y;
      expect(level === undefined || level < y || level > y + NODE.height).toBe(true);
    }
  });

  it.each<[string, string[], Flow[]]>([
    ["a circle", ["a", "b"], [{ from: "a", to: "b" }, { from: "b", to: "a" }]],
    ["a flow to nowhere", ["a"], [{ from: "a", to: "b" }]],
    ["a flow to itself", ["a"], [{ from: "a", to: "a" }]],
    ["two nodes of one name", ["a", "a"], []],
  ])("has no layout for %s", (_, ids, flows) => {
    expect(layOut(ids, flows)).toBeNull();
  });

  it("lays out nothing as nothing", () => {
    expect(layOut([], [])).toMatchObject({ lines: [], height: 0 });
  });

  it("draws a line without a jump", () => {
    expect(pathOf([{ x: 0, y: 0 }, { x: 20, y: 0 }, { x: 20, y: 40 }])).toBe("M0 0L12 0Q20 0 20 8L20 40");
  });
});

describe("flows", () => {
  it("take no way through a language model that the design does not have", () => {
    const parts = (["process", "features", "serve", "observe"] as const).map((slot) => ({ id: slot, slot }));
    expect(flowsOf(parts)).toEqual([
      { from: "process", to: "features" },
      { from: "features", to: "serve" },
      { from: "serve", to: "observe" },
    ]);
  });

  it("go straight on where a slot is missing", () => {
    const parts = (["store", "train", "serve"] as const).map((slot) => ({ id: slot, slot }));
    expect(flowsOf(parts)).toEqual([
      { from: "store", to: "train" },
      { from: "train", to: "serve" },
    ]);
  });
});
