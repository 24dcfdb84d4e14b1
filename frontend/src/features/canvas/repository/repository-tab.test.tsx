import { bytes, json, open, serve, text } from "./fake-server";
import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { RepositoryTab } from "./repository-tab";

const MATRIX = { badges: [{ path: "src/app.py", badge: "executed", checks: ["pytest", "ruff"] }, { path: "README.md", badge: "not checked", checks: [] }] };
const LONG = Array.from({ length: 40_000 }, (_, index) => `line ${index + 1} of a long log, with some words in it`).join("\n");
const HOSTILE = "src/<img src=x onerror=alert(1)>\u202e.py";
const FILES: Record<string, () => Response> = {
  "README.md": () => text("# Fraud\n"),
  "data/model.bin": bytes,
  "data/log.txt": () => text(LONG),
  "reports/matrix.json": () => text(JSON.stringify(MATRIX)),
  "src/app.py": () => text("import os\n\nprint('\u001b[31m')\n"),
  [HOSTILE]: () => text("<script>alert(1)</script>"),
};

const address = (path: string): string => `GET /api/decision-sets/ds_1/files/${path.split("/").map(encodeURIComponent).join("/")}`;

function repository() {
  return {
    artifact: { id: "art_1", name: "repository.zip", bytes: 1_200_000, download: "/api/artifacts/art_1/download", sha256: "z" },
    files: Object.entries(FILES).map(([path]) => ({ path, bytes: path === "data/log.txt" ? LONG.length : 20, sha256: path })),
  };
}

function everything() {
  return {
    "GET /api/decision-sets/ds_1/files": () => json(repository()),
    ...Object.fromEntries(Object.entries(FILES).map(([path, answer]) => [address(path), answer])),
  };
}

function Page({ first = null, line = null }: { first?: string | null; line?: number | null }) {
  const [at, setAt] = useState<[string | null, number | null]>([first, line]);
  return <RepositoryTab id="ds_1" file={at[0]} line={at[1]} onOpen={(file, next = null) => setAt([file, next])} />;
}

const content = (path: string): Promise<HTMLElement> => screen.findByRole("region", { name: `Content of ${path}` });

beforeEach(() => {
  vi.spyOn(Element.prototype, "clientHeight", "get").mockReturnValue(600);
});
afterEach(() => vi.unstubAllGlobals());

describe("RepositoryTab", () => {
  it("says so while nothing has been written", async () => {
    serve({});
    open(<Page />);
    expect(await screen.findByText("No repository yet")).toBeInTheDocument();
  });

  it.each([
    ["is none", () => text("{")],
    ["holds no badges", () => text("{}")],
    ["cannot be fetched", () => json({ detail: "Gone." }, 500)],
  ])("says that the badges could not be read when the matrix %s", async (_, answer) => {
    serve({ ...everything(), [address("reports/matrix.json")]: answer });
    open(<Page />);
    expect(await screen.findByText(/What was done with each file could not be read/)).toBeInTheDocument();
    expect(await content("README.md")).toHaveTextContent("# Fraud");
    expect(screen.queryByRole("list", { name: "What was done with the files" })).toBeNull();
  });

  it("shows the README first and opens what is chosen, with what was done with it", async () => {
    serve(everything());
    open(<Page />);
    expect(await content("README.md")).toHaveTextContent("# Fraud");
    expect(screen.queryByText(/could not be read/)).toBeNull();
    await userEvent.click(await screen.findByRole("treeitem", { name: "src" }));
    await userEvent.click(await screen.findByRole("treeitem", { name: /^app\.py/ }));
    expect(await content("src/app.py")).toHaveTextContent("import os");
    expect(screen.getByTitle("By pytest, ruff")).toHaveTextContent("executed by pytest, ruff");
    expect(within(screen.getByRole("list", { name: "What was done with the files" })).getByText(/1 not checked/)).toBeInTheDocument();
  });

  it("marks the line it was sent to and spells out what hides", async () => {
    serve(everything());
    open(<Page first="src/app.py" line={3} />);
    const code = await content("src/app.py");
    await waitFor(() => expect(code.querySelector("[aria-current]")).toHaveAttribute("data-line", "3"));
    expect(code).toHaveTextContent("␛[31m");
    expect(screen.getByRole("note")).toHaveTextContent("1 hidden character is spelled out");
  });

  it("colours code once it has been read", async () => {
    serve(everything());
    open(<Page first="src/app.py" />);
    const code = await content("src/app.py");
    await waitFor(() => expect(within(code).getByText("import")).toHaveClass("text-accent-ink"));
  });

  it("keeps hostile names and contents text", async () => {
    serve(everything());
    const { container } = open(<Page first={HOSTILE} />);
    expect(await screen.findByRole("heading", { name: "src/<img src=x onerror=alert(1)>⟪U+202E⟫.py" })).toBeInTheDocument();
    expect(await screen.findByText("<script>alert(1)</script>")).toBeInTheDocument();
    expect(container.querySelector("img, script")).toBeNull();
  });

  it("opens a file of two megabytes with the lines in sight only", async () => {
    serve(everything());
    open(<Page first="data/log.txt" />);
    const code = await content("data/log.txt");
    expect(screen.getByText(/40,000 lines/)).toHaveTextContent("without colours");
    const lines = code.querySelectorAll("[data-line]").length;
    expect(lines).toBeGreaterThan(20);
    expect(lines).toBeLessThan(200);
  });

  it("says that a file is no text, and of what size", async () => {
    serve(everything());
    open(<Page first="data/model.bin" />);
    expect(await screen.findByText("This file is no text")).toBeInTheDocument();
    expect(screen.getByText(/It has 20 B/)).toBeInTheDocument();
    expect(screen.getByRole("button", { name: "Copy" })).toBeDisabled();
    expect(screen.getByRole("button", { name: "Download" })).toBeEnabled();
  });

  it("finds files by a few letters, and opens the likeliest with Enter", async () => {
    serve(everything());
    open(<Page />);
    const user = userEvent.setup();
    await user.type(await screen.findByRole("searchbox", { name: "Find a file" }), "apppy");
    expect(await screen.findByText("1 file found")).toBeInTheDocument();
    await user.keyboard("{Enter}");
    expect(await content("src/app.py")).toBeInTheDocument();
    await user.keyboard("{Escape}");
    expect(await screen.findByRole("tree")).toBeInTheDocument();
  });

  it("copies the file as it is, and asks for it once", async () => {
    const log = serve(everything());
    open(<Page />);
    const user = userEvent.setup();
    await content("README.md");
    await user.click(screen.getByRole("button", { name: "Copy" }));
    expect(await navigator.clipboard.readText()).toBe("# Fraud\n");
    await user.click(screen.getByRole("treeitem", { name: "data" }));
    await user.click(screen.getByRole("treeitem", { name: "log.txt" }));
    await content("data/log.txt");
    await user.click(screen.getByRole("treeitem", { name: /README/ }));
    await content("README.md");
    expect(log.filter(({ path }) => path.endsWith("README.md"))).toHaveLength(1);
  });

  it("takes the whole repository along", async () => {
    const log = serve({ ...everything(), "GET /api/artifacts/art_1/download": bytes });
    URL.createObjectURL = vi.fn(() => "blob:x");
    const click = vi.spyOn(HTMLAnchorElement.prototype, "click").mockImplementation(() => undefined);
    open(<Page />);
    await userEvent.click(await screen.findByRole("button", { name: "Download all (1.2 MB)" }));
    await waitFor(() => expect(click).toHaveBeenCalledOnce());
    expect(log.at(-1)?.path).toBe("/api/artifacts/art_1/download?redirect=false");
  });

  it("says when a version has no such file", async () => {
    serve(everything());
    open(<Page first="gone.py" />);
    expect(await screen.findByText("There is no such file in this version")).toBeInTheDocument();
    await userEvent.click(screen.getByRole("button", { name: "All files" }));
    expect(await content("README.md")).toBeInTheDocument();
  });
});
