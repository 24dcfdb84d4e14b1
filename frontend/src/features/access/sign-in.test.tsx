import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { authorisedFetch, speakWithShareToken } from "@/shared/api/fetching";
import { readToken, saveToken } from "@/shared/api/token";
import { Toasts } from "@/shared/ui/toasts";
import { SignIn } from "./sign-in";

const refuse = () => vi.fn(async () => new Response(JSON.stringify({ detail: "This needs the bearer token." }), { status: 401 }));

const show = () =>
  render(
    <Toasts>
      <SignIn />
    </Toasts>,
  );

beforeEach(() => vi.stubGlobal("fetch", refuse()));
afterEach(() => {
  vi.unstubAllGlobals();
  saveToken("");
  speakWithShareToken(null);
});

describe("a server that asks for a token", () => {
  it("is given one, and the page begins anew where it is", async () => {
    const user = userEvent.setup();
    const reload = vi.fn();
    vi.stubGlobal("location", { ...window.location, reload });
    show();
    await expect(authorisedFetch("/api/inbox")).rejects.toMatchObject({ status: 401 });
    await user.type(await screen.findByLabelText("Access token"), " secret ");
    await user.click(screen.getByRole("button", { name: "Go on" }));
    expect(readToken()).toBe("secret");
    expect(reload).toHaveBeenCalledOnce();
  });

  it("says that the token it was sent is not the right one", async () => {
    saveToken("wrong");
    show();
    await expect(authorisedFetch("/api/inbox")).rejects.toMatchObject({ status: 401 });
    expect(await screen.findByText("The token that this tab has was refused.")).toBeVisible();
  });

  it("is not asked for one by who came through a link", async () => {
    speakWithShareToken("share_x");
    show();
    await expect(authorisedFetch("/api/shared")).rejects.toMatchObject({ status: 401 });
    expect(screen.queryByRole("dialog")).toBeNull();
  });
});
