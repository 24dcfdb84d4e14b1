import { fireEvent, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { Panes } from "./panes";

const PANES = [
  { name: "list", label: "List", size: 20, least: 200, collapsible: true, children: <button type="button">First</button> },
  { name: "middle", label: "Middle", size: 40, least: 320, children: "Second" },
  { name: "last", label: "Last", size: 40, least: 320, collapsible: true, children: "Third" },
];
const show = () => render(<Panes panes={PANES} shown="middle" keptAs="test-panes" />);
const border = (): HTMLElement => screen.getByRole("separator", { name: "Width of list" });

beforeEach(() => {
  // jsdom lays nothing out.
  vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(1600);
});

afterEach(() => window.localStorage.clear());

describe("Panes", () => {
  it("move their borders by the keyboard", async () => {
    show();
    border().focus();

    await userEvent.keyboard("{ArrowRight}{ArrowRight}");

    expect(border()).toHaveAttribute("aria-valuenow", "24");
  });

  it("fold and unfold by Enter, and nothing inside a fold can be reached", async () => {
    show();
    border().focus();

    await userEvent.keyboard("{Enter}");
    expect(border()).toHaveAttribute("aria-valuenow", "0");
    expect(screen.getByText("First").parentElement).toHaveClass("lg:invisible");

    await userEvent.keyboard("{Enter}");
    expect(border()).toHaveAttribute("aria-valuenow", "20");
  });

  it("follow what is dragged until it is let go", () => {
    HTMLElement.prototype.setPointerCapture = vi.fn();
    show();

    fireEvent.pointerDown(border(), { button: 0, clientX: 320 });
    fireEvent.pointerMove(border(), { clientX: 480 });
    fireEvent.pointerUp(border());
    fireEvent.pointerMove(border(), { clientX: 900 });

    expect(border()).toHaveAttribute("aria-valuenow", "30");
  });

  it("are as wide as they were left", async () => {
    const { unmount } = show();
    border().focus();
    await userEvent.keyboard("{ArrowRight}");
    unmount();

    show();

    expect(border()).toHaveAttribute("aria-valuenow", "22");
  });
});
