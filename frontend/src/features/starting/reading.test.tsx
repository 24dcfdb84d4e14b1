import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { Reading } from "./reading";

describe("how a table was read", () => {
  it("is there for whoever opens it", async () => {
    render(<Reading remarks={["two titles above the header were left out", "'a': commas are decimal"]} />);
    expect(screen.getByText("'a': commas are decimal")).not.toBeVisible();
    await userEvent.click(screen.getByText("How it was read (2)"));
    expect(screen.getByText("'a': commas are decimal")).toBeVisible();
  });

  it("is left out where there is nothing to say", () => {
    const { container } = render(<Reading remarks={[]} />);
    expect(container).toBeEmptyDOMElement();
  });
});
