import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, renderHook, waitFor } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { keys } from "../keys";
import { useChosenProject } from "./chosen-project";

afterEach(() => vi.unstubAllGlobals());

function show(list: { items: { id: string }[]; next_cursor: string | null }) {
  vi.stubGlobal("fetch", async () => Response.json(list));
  const client = new QueryClient();
  const wrapper = ({ children }: { children: React.ReactNode }) => <QueryClientProvider client={client}>{children}</QueryClientProvider>;
  const { result } = renderHook(() => useChosenProject(), { wrapper });
  return { client, chosen: () => result.current[0], choose: (id: string | null) => act(() => result.current[1](id)) };
}

it("is none at first, and the one that was chosen before the list has come", () => {
  const { chosen, choose } = show({ items: [], next_cursor: null });
  expect(chosen()).toBeNull();
  choose("prj_1");
  expect(chosen()).toBe("prj_1");
});

it("is none once the project is in the list no more, and the same again when it comes back", async () => {
  const list = { items: [{ id: "prj_1" }, { id: "prj_2" }], next_cursor: null };
  const { client, chosen, choose } = show(list);
  choose("prj_1");
  await waitFor(() => expect(client.getQueryData(keys.projects)).toEqual(list));
  expect(chosen()).toBe("prj_1");
  act(() => void client.setQueryData(keys.projects, { ...list, items: [{ id: "prj_2" }] }));
  await waitFor(() => expect(chosen()).toBeNull());
  act(() => void client.setQueryData(keys.projects, list));
  await waitFor(() => expect(chosen()).toBe("prj_1"));
});

it("may be one that a long list does not show", async () => {
  const list = { items: [{ id: "prj_2" }], next_cursor: "prj_2" };
  const { client, chosen, choose } = show(list);
  choose("prj_1");
  await waitFor(() => expect(client.getQueryData(keys.projects)).toEqual(list));
  expect(chosen()).toBe("prj_1");
});
