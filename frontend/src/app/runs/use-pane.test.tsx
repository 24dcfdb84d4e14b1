import { act, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, it, vi } from "vitest";
import { paths } from "@/shared/config/paths";
import { go } from "@/testing/address-bar";
import { usePane } from "./use-pane";

vi.mock("next/navigation", async () => (await import("@/testing/address-bar")).navigation);
beforeEach(() => go("/runs/?id=ds_1"));

function Page() {
  const { pane, show, onClickCapture } = usePane("ds_1");
  return (
    <div onClickCapture={onClickCapture}>
      <output>{pane}</output>
      {[paths.run("ds_1", "cost"), paths.run("ds_1"), paths.run("ds_2", "cost")].map((href) => (
        <a
          key={href}
          href={href}
          onClick={(event) => {
            event.preventDefault();
            go(href);
          }}
        >
          {href}
        </a>
      ))}
      <button type="button" onClick={() => show("designs")}>
        Designs
      </button>
      <button type="button" onClick={() => show("conversation")}>
        Conversation
      </button>
    </div>
  );
}

const shown = () => screen.getByRole("status").textContent;

it("begins with the conversation, and with the canvas where the address names a tab of it", () => {
  const { unmount } = render(<Page />);
  expect(shown()).toBe("conversation");
  unmount();
  go("/runs/?id=ds_1&tab=policy");
  render(<Page />);
  expect(shown()).toBe("canvas");
});

it("shows the canvas for a link to one of its tabs, as often as it is chosen", async () => {
  const user = userEvent.setup();
  render(<Page />);
  await user.click(screen.getByRole("link", { name: paths.run("ds_1", "cost") }));
  expect(shown()).toBe("canvas");
  await user.click(screen.getByRole("button", { name: "Conversation" }));
  expect(shown()).toBe("conversation");
  await user.click(screen.getByRole("link", { name: paths.run("ds_1", "cost") }));
  expect(shown()).toBe("canvas");
});

it("leads from the list to the conversation of the design that is open already", async () => {
  const user = userEvent.setup();
  render(<Page />);
  await user.click(screen.getByRole("button", { name: "Designs" }));
  expect(shown()).toBe("designs");
  await user.click(screen.getByRole("link", { name: paths.run("ds_1") }));
  expect(shown()).toBe("conversation");
});

it("follows the address backwards", () => {
  go("/runs/?id=ds_1&tab=policy");
  render(<Page />);
  act(() => go("/runs/?id=ds_1"));
  expect(shown()).toBe("conversation");
});
