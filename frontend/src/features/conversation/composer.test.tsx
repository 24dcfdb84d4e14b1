import { act, fireEvent, render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { Composer } from "./composer";

const PROPS = { draftOf: "ds_1", label: "What should be different?", placeholder: "…", action: "Send", busy: false };

describe("Composer", () => {
  it("sends with Enter and is empty when it has arrived", async () => {
    const onSend = vi.fn<(text: string, taken: () => void) => void>();
    render(<Composer {...PROPS} onSend={onSend} />);

    await userEvent.type(screen.getByRole("textbox"), "half the cost{Enter}");

    expect(onSend).toHaveBeenCalledExactlyOnceWith("half the cost", expect.any(Function));
    // It may be refused on the way: what was written is kept until it was taken.
    expect(screen.getByRole("textbox")).toHaveValue("half the cost");
    act(() => onSend.mock.calls[0]?.[1]());
    expect(screen.getByRole("textbox")).toHaveValue("");
  });

  it("keeps what was written about one design for that one", async () => {
    const { unmount } = render(<Composer {...PROPS} draftOf="ds_2" onSend={vi.fn()} />);
    await userEvent.type(screen.getByRole("textbox"), "half the cost");
    unmount();
    const other = render(<Composer {...PROPS} draftOf="ds_3" onSend={vi.fn()} />);
    expect(screen.getByRole("textbox")).toHaveValue("");
    other.unmount();
    render(<Composer {...PROPS} draftOf="ds_2" onSend={vi.fn()} />);
    expect(screen.getByRole("textbox")).toHaveValue("half the cost");
  });

  it("breaks the line with Shift-Enter", async () => {
    const onSend = vi.fn();
    render(<Composer {...PROPS} draftOf="ds_4" onSend={onSend} />);

    await userEvent.type(screen.getByRole("textbox"), "one{Shift>}{Enter}{/Shift}two");

    expect(onSend).not.toHaveBeenCalled();
    expect(screen.getByRole("textbox")).toHaveValue("one\ntwo");
  });

  it("does not send while characters are being composed", async () => {
    const onSend = vi.fn();
    render(<Composer {...PROPS} draftOf="ds_5" onSend={onSend} />);
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
