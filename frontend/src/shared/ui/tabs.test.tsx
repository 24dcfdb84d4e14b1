import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { describe, expect, it } from "vitest";
import { Tab, TabList, TabPanel, Tabs } from "./tabs";

const NAMES = ["Plan", "Cost", "Files"];

function Views() {
  const [open, setOpen] = useState("Plan");
  return (
    <Tabs value={open} onValueChange={setOpen}>
      <TabList aria-label="Views">
        {NAMES.map((name) => (
          <Tab key={name} value={name}>
            {name}
          </Tab>
        ))}
      </TabList>
      {NAMES.map((name) => (
        <TabPanel key={name} value={name}>
          All about {name}
        </TabPanel>
      ))}
    </Tabs>
  );
}

const tab = (name: string): HTMLElement => screen.getByRole("tab", { name });

describe("Tabs", () => {
  it("shows the panel of the open tab and no other", () => {
    render(<Views />);

    expect(screen.getByRole("tabpanel", { name: "Plan" })).toHaveTextContent("All about Plan");
    expect(screen.queryByText("All about Cost")).not.toBeInTheDocument();
  });

  it("walks by the arrows, around the ends too, and opens by Enter only", async () => {
    render(<Views />);

    await userEvent.tab();
    await userEvent.keyboard("{ArrowLeft}");
    expect(tab("Files")).toHaveFocus();
    await userEvent.keyboard("{ArrowRight}{ArrowRight}");
    expect(tab("Cost")).toHaveFocus();
    expect(tab("Plan")).toHaveAttribute("aria-selected", "true");

    await userEvent.keyboard("{Enter}");
    expect(screen.getByRole("tabpanel", { name: "Cost" })).toBeVisible();

    await userEvent.keyboard("{End}");
    expect(tab("Files")).toHaveFocus();
    await userEvent.keyboard("{Home}");
    expect(tab("Plan")).toHaveFocus();
  });

  it("is one stop of the keyboard: the open tab, then its panel", async () => {
    render(<Views />);
    await userEvent.click(tab("Cost"));
    tab("Cost").blur();

    await userEvent.tab();
    expect(tab("Cost")).toHaveFocus();
    await userEvent.tab();
    expect(screen.getByRole("tabpanel", { name: "Cost" })).toHaveFocus();
  });
});
