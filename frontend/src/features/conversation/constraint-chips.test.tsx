import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import "@/shared/ui/popover-panel"; // so that what is waited for is not its compilation
import { ConstraintChips, typed, type Constraint } from "./constraint-chips";

const LATENCY: Constraint = {
  field: "latency_ms_p95",
  value: 100,
  source: "stated",
  confidence: 0.95,
  quote: { text: "sub-100ms latency" },
  reason: "",
};
const TEAM: Constraint = { ...LATENCY, field: "team_size", value: 3, source: "default", quote: null, reason: "A usual team." };

describe("ConstraintChips", () => {
  it("shows the words that a requirement was read from", async () => {
    render(<ConstraintChips constraints={[LATENCY]} coverage={0.7} />);

    await userEvent.click(screen.getByRole("button", { name: /latency/i }));

    expect(await screen.findByText("sub-100ms latency")).toBeVisible();
    expect(screen.getByRole("meter", { name: "Brief covered" })).toHaveAttribute("aria-valuenow", "70");
  });

  it("keeps what is only assumed out of sight until it is asked for", async () => {
    render(<ConstraintChips constraints={[LATENCY, TEAM]} coverage={null} />);
    expect(screen.queryByText("Team size")).not.toBeInTheDocument();

    await userEvent.click(screen.getByRole("button", { name: "1 assumed" }));

    expect(screen.getByText("Team size")).toBeVisible();
  });

  it("sends a changed value as the kind of value it was", async () => {
    const onEdit = vi.fn();
    render(<ConstraintChips constraints={[LATENCY]} coverage={null} onEdit={onEdit} />);

    await userEvent.click(screen.getByRole("button", { name: /latency/i }));
    const input = await screen.findByRole("textbox", { name: /new value/i });
    await userEvent.clear(input);
    await userEvent.type(input, "50{Enter}");

    expect(onEdit).toHaveBeenCalledWith("latency_ms_p95", 50);
  });

  it("offers no change where nothing waits", async () => {
    render(<ConstraintChips constraints={[LATENCY]} coverage={null} />);

    await userEvent.click(screen.getByRole("button", { name: /latency/i }));

    expect(await screen.findByText("sub-100ms latency")).toBeVisible();
    expect(screen.queryByRole("textbox")).not.toBeInTheDocument();
  });
});

describe("typed", () => {
  it.each([
    ["1,200", 5, 1200],
    ["soon", 5, "soon"],
    ["GDPR, SOC2", ["GDPR"], ["GDPR", "SOC2"]],
    ["yes", false, true],
    ["  ", 5, null],
    ["eu-central-1", "us-east-1", "eu-central-1"],
  ])("reads %j beside %j as %j", (text, before, value) => {
    expect(typed(text, before)).toEqual(value);
  });
});
