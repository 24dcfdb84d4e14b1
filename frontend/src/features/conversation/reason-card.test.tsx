import { render, screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import type { ReasonCard as Card } from "@/features/story/events";
import { ReasonCard } from "./reason-card";

const CARD: Card = {
  decision_id: "d",
  agent: "Planner",
  node: "planner",
  trigger: "the brief is complete",
  at: "2026-11-22T12:00:00Z",
  title: "The cheapest design that fits",
  inputs: [{ kind: "constraint", name: "latency_ms_p95", value: 100, quote: "sub-100ms" }],
  candidates: [],
  choice: "Fargate behind a load balancer",
  justification: "It meets 100 ms at the lowest cost.",
  rejected: Array.from({ length: 8 }, (_, index) => ({ name: `option_${index}`, why: "dearer" })),
  policies: [{ rule: "r", outcome: "warn", message: "Keys are not rotated." }],
  impact: { monthly_usd: 1234, p95_ms: 80, availability_pct: 99.95, ops_hours_month: 6 },
  confidence: 0.95,
  risks: [],
  next_steps: [],
  links: [],
  prompt_sha256: null,
};

describe("ReasonCard", () => {
  it("shows the decision and what it costs, and the rest on demand", async () => {
    render(<ReasonCard card={CARD} />);
    const card = screen.getByRole("article", { name: CARD.title });
    expect(card).toHaveTextContent("Fargate behind a load balancer");
    expect(card).toHaveTextContent("$1,234 a month · p95 80 ms · 99.95 % available · 6.0 h of operation · 95 % confident");
    expect(screen.queryByText(/Keys are not rotated/)).not.toBeInTheDocument();

    await userEvent.click(within(card).getByRole("button"));

    expect(screen.getByText(/Keys are not rotated/)).toBeVisible();
    expect(screen.getByText("sub-100ms")).toBeVisible();
  });

  it("shows long lists in part first", async () => {
    render(<ReasonCard card={CARD} />);
    await userEvent.click(screen.getByRole("button"));
    expect(screen.queryByText("Option 7")).not.toBeInTheDocument();

    await userEvent.click(screen.getByRole("button", { name: "2 more" }));

    expect(screen.getByText("Option 7")).toBeVisible();
  });

  it("shows hostile words as words", async () => {
    render(<ReasonCard card={{ ...CARD, choice: "<img src=x onerror=alert(1)>" }} />);

    expect(screen.getByText("<img src=x onerror=alert(1)>")).toBeVisible();
    expect(document.querySelector("img")).toBeNull();
  });
});
