import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { FileTree } from "./file-tree";

const FILES = ["infra/main.tf", "infra/variables.tf", "src/app/serve.py", "src/train.py", "Makefile", "README.md"].map((path) => ({ path }));
const BADGES = new Map([["README.md", { badge: "not checked", checks: [] }]]);

function show(current: string | null = null) {
  const onOpen = vi.fn();
  render(<FileTree files={FILES} current={current} badges={BADGES} onOpen={onOpen} />);
  return { onOpen, user: userEvent.setup() };
}

const focused = (): string | null | undefined => document.activeElement?.textContent;
const item = (name: string): HTMLElement => screen.getByRole("treeitem", { name });

describe("FileTree", () => {
  it("is one stop of the tab key and goes through rows with the arrows", async () => {
    const { user } = show();
    await user.tab();
    expect(focused()).toBe("infra");
    await user.keyboard("{ArrowDown}{ArrowDown}");
    expect(focused()).toBe("Makefile");
    await user.keyboard("{ArrowUp}");
    expect(focused()).toBe("src");
    await user.keyboard("{End}");
    expect(focused()).toBe("README.md, not checked");
    await user.keyboard("{ArrowDown}{Home}");
    expect(focused()).toBe("infra");
  });

  it("opens and closes folders with right and left, and goes in and out", async () => {
    const { user } = show();
    await user.tab();
    await user.keyboard("{ArrowRight}");
    expect(item("infra")).toHaveAttribute("aria-expanded", "true");
    await user.keyboard("{ArrowRight}");
    expect(focused()).toBe("main.tf");
    expect(item("main.tf")).toHaveAttribute("aria-level", "2");
    await user.keyboard("{ArrowLeft}");
    expect(focused()).toBe("infra");
    await user.keyboard("{ArrowLeft}");
    expect(item("infra")).toHaveAttribute("aria-expanded", "false");
    expect(screen.queryByText("main.tf")).toBeNull();
  });

  it("opens a file with Enter and a folder with Space", async () => {
    const { onOpen, user } = show();
    await user.tab();
    await user.keyboard(" {ArrowDown}{Enter}");
    expect(onOpen).toHaveBeenCalledExactlyOnceWith("infra/main.tf");
  });

  it("goes to what is typed", async () => {
    const { user } = show();
    await user.tab();
    await user.keyboard("rea");
    expect(focused()).toContain("README.md");
  });

  it("opens all folders beside with a star", async () => {
    const { user } = show();
    await user.tab();
    await user.keyboard("*");
    expect(screen.getByText("train.py")).toBeInTheDocument();
    expect(screen.getByText("variables.tf")).toBeInTheDocument();
  });

  it("shows where the open file is, and leaves its folder closed once it is closed", async () => {
    const { user } = show("src/app/serve.py");
    expect(item("serve.py")).toHaveAttribute("aria-selected", "true");
    await user.click(item("src"));
    expect(screen.queryByText("serve.py")).toBeNull();
  });
});
