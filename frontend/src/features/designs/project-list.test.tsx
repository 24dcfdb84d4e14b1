import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { Toasts } from "@/shared/ui/toasts";
import { ProjectList } from "./project-list";

afterEach(() => vi.unstubAllGlobals());

interface Kept {
  id: string;
  name: string;
  pinned: boolean;
}

/** A server with these projects, which keeps what it is sent; a name that is taken is refused. */
function show(...kept: Kept[]) {
  const sent: [string, unknown][] = [];
  const chosen = vi.fn<(id: string | null) => void>();
  vi.stubGlobal("fetch", async (request: Request) => {
    if (request.method === "GET") return Response.json({ items: kept, next_cursor: null });
    const body = (await request.json()) as { name: string };
    sent.push([request.method, body]);
    if (kept.some(({ name }) => name === body.name))
      return Response.json({ title: "Taken", detail: `A project named '${body.name}' exists already.`, status: 409, code: "projects.name_taken" }, { status: 409 });
    return Response.json({ id: "prj_new", name: body.name, pinned: false });
  });
  render(
    <QueryClientProvider client={new QueryClient({ defaultOptions: { queries: { retry: false } } })}>
      <Toasts>
        <ProjectList chosen="prj_2" onChoose={chosen} />
      </Toasts>
    </QueryClientProvider>,
  );
  return { sent, chosen };
}

const ZOO = { id: "prj_1", name: "Zoo", pinned: false };
const FARM = { id: "prj_2", name: "Farm", pinned: true };

describe("the projects", () => {
  it("stand pinned first, and choosing the chosen one again chooses none", async () => {
    const user = userEvent.setup();
    const { chosen } = show(ZOO, FARM);
    const farm = await screen.findByRole("button", { name: /^Farm/, pressed: true });
    const names = screen.getAllByRole("listitem").map((item) => within(item).getAllByRole("button")[0]?.textContent);
    expect(names).toEqual(["Farm", "Zoo"]);
    await user.click(screen.getByRole("button", { name: "Zoo", pressed: false }));
    await user.click(farm);
    expect(chosen.mock.calls).toEqual([["prj_1"], [null]]);
  });

  it("are made under a name, and the new one is chosen", async () => {
    const user = userEvent.setup();
    const { sent, chosen } = show(ZOO);
    await user.click(screen.getByRole("button", { name: "New project" }));
    await user.type(screen.getByLabelText("Name of the new project"), "  Garden {Enter}");
    await waitFor(() => expect(chosen).toHaveBeenCalledWith("prj_new"));
    expect(sent).toEqual([["POST", { name: "Garden" }]]);
  });

  it("are not made without a name, or when Escape gives it up", async () => {
    const user = userEvent.setup();
    const { sent } = show(ZOO);
    await user.click(screen.getByRole("button", { name: "New project" }));
    await user.keyboard("{Enter}");
    await user.click(screen.getByRole("button", { name: "New project" }));
    await user.keyboard("Garden{Escape}");
    expect(screen.queryByLabelText("Name of the new project")).toBeNull();
    expect(sent).toEqual([]);
  });

  it("are chosen again when their deletion is taken back", async () => {
    const user = userEvent.setup();
    const { sent, chosen } = show(ZOO, FARM);
    await user.click(await screen.findByRole("button", { name: "More about the project Farm" }));
    await user.click(await screen.findByRole("menuitem", { name: "Delete" }));
    await user.click(await screen.findByRole("button", { name: "Undo" }));
    await waitFor(() => expect(chosen.mock.calls).toEqual([[null], ["prj_2"]]));
    expect(sent).toEqual([
      ["PATCH", { archived: true }],
      ["PATCH", { archived: false }],
    ]);
  });

  it("say why a name is refused", async () => {
    const user = userEvent.setup();
    const { chosen } = show(ZOO);
    await screen.findByText("Zoo");
    await user.click(screen.getByRole("button", { name: "New project" }));
    await user.keyboard("Zoo{Enter}");
    expect((await screen.findAllByText(/A project named 'Zoo' exists already/)).length).toBeGreaterThan(0);
    expect(chosen).not.toHaveBeenCalled();
  });
});
