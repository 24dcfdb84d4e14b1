import { planOf, show } from "./testing";
import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { emptyStory } from "@/features/story/story";
import { go } from "@/testing/address-bar";
import { designOf } from "@/testing/designs";
import { Canvas } from "./canvas";

vi.mock("next/navigation", async () => (await import("@/testing/address-bar")).navigation);
beforeEach(() => go("/runs/?id=ds_1"));
afterEach(() => vi.unstubAllGlobals());

const ANSWERS = { "/plan": planOf(), "/ds_1": designOf() };

describe("canvas", () => {
  it("keeps its tab in the address", async () => {
    const user = userEvent.setup();
    show(<Canvas id="ds_1" story={emptyStory} />, ANSWERS);
    expect(screen.getByRole("tab", { name: "Architecture" })).toHaveAttribute("aria-selected", "true");
    expect(await screen.findByText("AWS Fargate")).toBeVisible();
    await user.click(screen.getByRole("tab", { name: "Timeline" }));
    expect(window.location.search).toBe("?id=ds_1&tab=timeline");
    expect(await screen.findByText("Nothing has happened yet")).toBeVisible();
  });

  it("opens the tab that the address names, and the first for one that there is not", () => {
    go("/runs/?id=ds_1&tab=policy");
    show(<Canvas id="ds_1" story={emptyStory} />, ANSWERS);
    expect(screen.getByRole("tab", { name: "Policy" })).toHaveAttribute("aria-selected", "true");
  });

  it("says why nothing can be shown", async () => {
    show(<Canvas id="ds_1" story={emptyStory} />);
    expect(await screen.findByRole("alert")).toHaveTextContent("There is no");
  });
});
