import { fireEvent, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { Composer } from "./composer";

const PROPS = { label: "What should be different?", placeholder: "…", action: "Send", busy: false };

describe("Composer", () => {
  it("sends with Enter and is empty afterwards", async () => {
    const onSend = vi.fn();
    render(<Composer {...PROPS} onSend={onSend} />);

    await userEvent.type(screen.getByRole("textbox"), "half the cost{Enter}");

    expect(onSend).toHaveBeenCalledExactlyOnceWith("half the cost");
    expect(screen.getByRole("textbox")).toHaveValue("");
  });

  it("breaks the line with Shift-Enter", async () => {
    const onSend = vi.fn();
    render(<Composer {...PROPS} onSend={onSend} />);

    await userEvent.type(screen.getByRole("textbox"), "one{Shift>}{Enter}{/Shift}two");

    expect(onSend).not.toHaveBeenCalled();
    expect(screen.getByRole("textbox")).toHaveValue("one\ntwo");
  });

  it("does not send while characters are being composed", async () => {
    const onSend = vi.fn();
    render(<Composer {...PROPS} onSend={onSend} />);
    await userEvent.type(screen.getByRole("textbox"), "日");

    fireEvent.keyDown(screen.getByRole("textbox"), { key: "Enter", isComposing: true });

    expect(onSend).not.toHaveBeenCalled();
  });

  it("says why nothing can be sent", () => {
    render(<Composer {...PROPS} closed="The design is being worked on." onSend={vi.fn()} />);

    expect(screen.getByRole("textbox")).toBeDisabled();
    expect(screen.getByPlaceholderText("The design is being worked on.")).toBeVisible();
  });
});
