import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { ThemeProvider } from "next-themes";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { ThemeSwitch } from "./theme-switch";

beforeEach(() => {
  window.localStorage.clear();
  vi.stubGlobal("matchMedia", () => ({ matches: false, addListener: () => undefined, removeListener: () => undefined }));
});

describe("ThemeSwitch", () => {
  it("is one stop of the keyboard, and the arrows choose", async () => {
    render(
      <ThemeProvider attribute="class" defaultTheme="system" enableSystem>
        <ThemeSwitch />
        <button type="button">After</button>
      </ThemeProvider>,
    );
    expect(screen.getByRole("radio", { name: "As the system" })).toBeChecked();

    await userEvent.tab();
    await userEvent.keyboard("{ArrowRight}");
    expect(screen.getByRole("radio", { name: "Dark" })).toBeChecked();
    expect(document.documentElement).toHaveClass("dark");

    await userEvent.tab();
    expect(screen.getByRole("button", { name: "After" })).toHaveFocus();
  });
});
