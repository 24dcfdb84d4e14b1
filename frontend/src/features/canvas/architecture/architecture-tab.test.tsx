import { planOf, show } from "../testing";
import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { designOf } from "@/testing/designs";
import { ArchitectureTab } from "./architecture-tab";

vi.mock("next/navigation", async () => (await import("@/testing/address-bar")).navigation);

const FILES = {
  artifact: {},
  files: ["docs/adr/0001-serve-fargate.md", "infra/envs/prod/ml.tf", "infra/modules/ecs_fargate_service/main.tf", "src/churn/serve/app.py", "README.md"].map(
    (path) => ({ path, sha256: path, bytes: 1 }),
  ),
};
const ML = 'module "serve" {\n  source = "../../modules/ecs_fargate_service"\n}\n';
const ANSWERS = { "/plan": planOf(), "/infra/envs/prod/ml.tf": ML, "/files": FILES };

/** As wide as a pane on a desk. */
const wide = (): void => {
  vi.spyOn(HTMLElement.prototype, "clientWidth", "get").mockReturnValue(900);
};

beforeAll(() => import("./diagram"), 30_000);
beforeEach(() => window.history.replaceState(null, "", "/runs/?id=ds_1"));
afterEach(() => vi.unstubAllGlobals());

async function throughTheSheet(user: ReturnType<typeof userEvent.setup>): Promise<void> {
  const sheet = await screen.findByRole("dialog", { name: "AWS Fargate" });
  expect(within(sheet).getByText("AWS Fargate fits.")).toBeVisible();
  expect(within(sheet).getByText("+$241 a month")).toBeVisible();
  expect(within(sheet).getByText("$1,707")).toBeVisible();
  expect(within(sheet).getByText("unknown")).toBeVisible();
  const record = await within(sheet).findByRole("link", { name: "docs/adr/0001-serve-fargate.md" });
  expect(await within(sheet).findByRole("link", { name: "infra/modules/ecs_fargate_service/main.tf" })).toBeVisible();
  expect(within(sheet).queryByRole("link", { name: "README.md" })).toBeNull();
  await user.click(record);
  expect(window.location.search).toContain("tab=repository&file=docs%2Fadr%2F0001-serve-fargate.md");
  await user.keyboard("{Escape}");
  expect(screen.queryByRole("dialog")).toBeNull();
}

describe("architecture", () => {
  it("opens a component of the diagram with Enter and closes it with Escape", async () => {
    wide();
    const user = userEvent.setup();
    show(<ArchitectureTab design={designOf()} />, ANSWERS);
    const node = await screen.findByRole("button", { name: /AWS Fargate/ });
    expect(node).toHaveTextContent("price unknown");
    node.focus();
    await user.keyboard("{Enter}");
    await throughTheSheet(user);
    await waitFor(() => expect(node).toHaveFocus());
  });

  it("says the same as a list, which is what narrow panes begin with", async () => {
    const user = userEvent.setup();
    show(<ArchitectureTab design={designOf()} />, ANSWERS);
    const list = await screen.findByRole("list", { name: "Components" });
    expect(within(list).getByText("Flows to Serve")).toBeVisible();
    within(list).getByRole("button", { name: "Details of Serve" }).focus();
    await user.keyboard("{Enter}");
    await throughTheSheet(user);
  });

  it("can be switched from diagram to list and back", async () => {
    wide();
    const user = userEvent.setup();
    show(<ArchitectureTab design={designOf()} />, ANSWERS);
    await user.click(await screen.findByRole("button", { name: "Show as list" }));
    expect(screen.getByRole("list", { name: "Components" })).toBeVisible();
    await user.click(screen.getByRole("button", { name: "Show as diagram" }));
    expect(screen.queryByRole("list", { name: "Components" })).toBeNull();
  });

  it("says what has to happen first while there is no plan", () => {
    show(<ArchitectureTab design={designOf({ plan_sha256: null, status: "waiting" })} />);
    expect(screen.getByText("No architecture yet")).toBeVisible();
    expect(screen.getByText(/once what is asked/)).toBeVisible();
  });
});
