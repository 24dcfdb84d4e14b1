import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { Menu } from "./menu";
import "./menu-list"; // so that what is waited for is not its compilation
import { Popover } from "./popover";
import "./popover-panel";

describe("Menu", () => {
  it("opens at the first click, and Escape leads back to its button", async () => {
    const onSelect = vi.fn();
    render(<Menu trigger={<button type="button">More</button>} items={[{ label: "Rename", onSelect }]} />);

    await userEvent.click(screen.getByRole("button", { name: "More" }));
    expect(await screen.findByRole("menuitem", { name: "Rename" })).toBeVisible();
    await userEvent.keyboard("{Escape}");

    await waitFor(() => expect(screen.queryByRole("menu")).not.toBeInTheDocument());
    expect(screen.getByRole("button", { name: "More" })).toHaveFocus();
    expect(onSelect).not.toHaveBeenCalled();
  });

  it("is worked by the keyboard alone", async () => {
    const onSelect = vi.fn();
    render(<Menu trigger={<button type="button">More</button>} items={[{ label: "Rename", onSelect }]} />);

    await userEvent.tab();
    await userEvent.keyboard("{ArrowDown}");
    await screen.findByRole("menu");
    await userEvent.keyboard("{ArrowDown}{Enter}");

    expect(onSelect).toHaveBeenCalledOnce();
  });
});

describe("Popover", () => {
  it("opens by the keyboard, and Escape leads back to its button", async () => {
    render(<Popover label="Budget" trigger={<button type="button">Budget</button>}>Said in the brief</Popover>);

    await userEvent.tab();
    await userEvent.keyboard("{Enter}");
    expect(await screen.findByText("Said in the brief")).toBeVisible();
    expect(screen.getByText("Budget")).toHaveAttribute("aria-expanded", "true");
    await userEvent.keyboard("{Escape}");

    await waitFor(() => expect(screen.queryByText("Said in the brief")).not.toBeInTheDocument());
    expect(screen.getByRole("button", { name: "Budget" })).toHaveFocus();
  });
});
