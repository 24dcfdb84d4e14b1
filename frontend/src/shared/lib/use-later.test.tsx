import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it } from "vitest";
import "@/shared/ui/notices"; // so that what is waited for is not its compilation
import { Toasts } from "@/shared/ui/toasts";
import { useLater } from "./use-later";

function Page({ load }: { load: () => Promise<() => string> }) {
  const { part, failed, want } = useLater(load);
  return (
    <>
      <button type="button" onClick={want}>
        Open
      </button>
      <p>{part ? part() : failed ? "Not there" : "Nothing yet"}</p>
    </>
  );
}

describe("useLater", () => {
  it("fetches when it is wanted, and is there at once the next time", async () => {
    const load = () => Promise.resolve(() => "The part");
    const { unmount } = render(<Page load={load} />);
    expect(screen.getByText("Nothing yet")).toBeVisible();

    await userEvent.click(screen.getByRole("button"));
    expect(await screen.findByText("The part")).toBeVisible();

    unmount();
    render(<Page load={load} />);
    expect(screen.getByText("The part")).toBeVisible();
  });

  it("says that it could not be fetched, keeps the page, and tries again", async () => {
    let cut = true;
    const load = () => (cut ? Promise.reject(new Error("cut")) : Promise.resolve(() => "The part"));
    render(
      <Toasts>
        <Page load={load} />
      </Toasts>,
    );

    await userEvent.click(screen.getByRole("button", { name: "Open" }));
    expect(await screen.findByText("This could not be fetched")).toBeVisible();
    expect(screen.getByText("Not there")).toBeVisible();

    cut = false;
    await userEvent.click(screen.getByRole("button", { name: "Open" }));
    expect(await screen.findByText("The part")).toBeVisible();
  });
});
