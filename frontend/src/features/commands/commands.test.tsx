import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { Commands } from "./commands";
import "./keys-dialog"; // so that what is waited for is not its compilation
import "./palette";

vi.mock("next/navigation", () => ({ usePathname: () => "/", useRouter: () => ({ push: () => undefined }) }));

beforeEach(() => {
  Element.prototype.scrollIntoView = () => undefined;
  vi.stubGlobal("ResizeObserver", class {
    observe(): void {}
    unobserve(): void {}
    disconnect(): void {}
  });
  vi.stubGlobal("fetch", () => Promise.resolve(Response.json({ items: [], next_cursor: null })));
});

const show = () =>
  render(
    <QueryClientProvider client={new QueryClient()}>
      <button type="button">Work</button>
      <input aria-label="Words" />
      <Commands />
    </QueryClientProvider>,
  );

describe("Commands", () => {
  it("open the palette by its keys, and Escape leads back to where the person was", async () => {
    show();
    screen.getByRole("button", { name: "Work" }).focus();

    await userEvent.keyboard("{Control>}k{/Control}");
    expect(await screen.findByPlaceholderText("Find a design or a page…")).toHaveFocus();
    await userEvent.keyboard("{Escape}");

    await waitFor(() => expect(screen.getByRole("button", { name: "Work" })).toHaveFocus());
    expect(screen.queryByRole("dialog")).not.toBeInTheDocument();
  });

  it("list the keys, and Escape leads back as well", async () => {
    show();
    screen.getByRole("button", { name: "Work" }).focus();

    await userEvent.keyboard("?");
    expect(await screen.findByRole("dialog", { name: "Keyboard" })).toBeVisible();
    await userEvent.keyboard("{Escape}");

    await waitFor(() => expect(screen.getByRole("button", { name: "Work" })).toHaveFocus());
  });

  it("let a question mark be written", async () => {
    show();

    await userEvent.type(screen.getByRole("textbox", { name: "Words" }), "why?");

    expect(screen.getByRole("textbox", { name: "Words" })).toHaveValue("why?");
    expect(screen.queryByRole("dialog")).not.toBeInTheDocument();
  });
});
