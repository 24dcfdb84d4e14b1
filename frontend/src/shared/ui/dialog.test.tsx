import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { expect, it } from "vitest";
import { Dialog } from "./dialog";

function Page() {
  const [open, setOpen] = useState(false);
  return (
    <>
      <button type="button">Before</button>
      <button type="button" onClick={() => setOpen(true)}>
        Share
      </button>
      <Dialog open={open} onOpenChange={setOpen} title="Share this version">
        <button type="button">Make a link</button>
      </Dialog>
    </>
  );
}

it.each([
  ["Escape", async (user: ReturnType<typeof userEvent.setup>) => user.keyboard("{Escape}")],
  ["its button", async (user: ReturnType<typeof userEvent.setup>) => user.click(screen.getByRole("button", { name: "Close" }))],
])("a dialog that %s closes gives the focus back to what had it", async (_, close) => {
  const user = userEvent.setup();
  render(<Page />);
  await user.click(screen.getByRole("button", { name: "Share" }));
  const dialog = await screen.findByRole("dialog", { name: "Share this version" });
  await waitFor(() => expect(dialog).toContainElement(document.activeElement as HTMLElement));
  await close(user);
  await waitFor(() => expect(screen.getByRole("button", { name: "Share" })).toHaveFocus());
  expect(screen.queryByRole("dialog")).toBeNull();
});
