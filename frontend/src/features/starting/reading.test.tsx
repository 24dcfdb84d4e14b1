import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import { Reading, remarksOf } from "./reading";

type Profile = Parameters<typeof remarksOf>[0];

const column = (name: string, given: object = {}) => ({ name, kind: "text", missing: 0, distinct: 2, constant: false, ...given });
const profileOf = (columns: object[], notes: string[] = []) => ({ source: { format: "csv", rows: 2, duplicates: 0, notes }, columns }) as unknown as Profile;

describe("how a table was read", () => {
  it("is said of the file first, then of columns together", () => {
    const dates = { notes: ["the day comes first"] };
    const found = remarksOf(profileOf([column("a", dates), column("b", dates), column("mail", { personal: { kind: "birth_date" } })], ["two titles above the header were left out"]));
    expect(found).toEqual(["two titles above the header were left out", "a, b: the day comes first", "mail: personal data (birth date)"]);
  });

  it("names no more columns than one reads", () => {
    const columns = ["a", "b", "c", "d", "e", "f", "g"].map((name) => column(name, { notes: ["commas are decimal"] }));
    expect(remarksOf(profileOf(columns))).toEqual(["a, b, c, d, e and 2 more: commas are decimal"]);
  });

  it("is there for whoever opens it", async () => {
    render(<Reading profile={profileOf([column("a", { notes: ["commas are decimal"] })])} />);
    expect(screen.getByText("a: commas are decimal")).not.toBeVisible();
    await userEvent.click(screen.getByText("How it was read (1)"));
    expect(screen.getByText("a: commas are decimal")).toBeVisible();
  });

  it("is left out where there is nothing to say", () => {
    const { container } = render(<Reading profile={profileOf([column("a")])} />);
    expect(container).toBeEmptyDOMElement();
  });
});
