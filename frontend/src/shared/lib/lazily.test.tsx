import { act, render, screen } from "@testing-library/react";
import { Suspense, type ComponentType } from "react";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { lazily } from "./lazily";

const Part = ({ name }: { name: string }) => <p>{name} is here</p>;

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

function shown(load: () => Promise<ComponentType<{ name: string }>>) {
  const Later = lazily(load);
  render(
    <Suspense fallback={<p>Opening</p>}>
      <Later name="The bill" />
    </Suspense>,
  );
}

describe("lazily", () => {
  it("shows the part when it has come", async () => {
    shown(() => Promise.resolve(Part));
    expect(screen.getByText("Opening")).toBeVisible();
    await act(() => vi.advanceTimersByTimeAsync(0));
    expect(screen.getByText("The bill is here")).toBeVisible();
  });

  it("tries again while the server is away", async () => {
    const load = vi.fn<() => Promise<typeof Part>>().mockRejectedValueOnce(new Error("away")).mockRejectedValueOnce(new Error("away"));
    load.mockResolvedValue(Part);
    shown(load);
    await act(() => vi.advanceTimersByTimeAsync(1400));
    expect(screen.getByText("Opening")).toBeVisible();
    await act(() => vi.advanceTimersByTimeAsync(200));
    expect(screen.getByText("The bill is here")).toBeVisible();
    expect(load).toHaveBeenCalledTimes(3);
  });

  it("does not wait for the end of a pause when the network is back", async () => {
    const load = vi.fn<() => Promise<typeof Part>>().mockRejectedValueOnce(new Error("away")).mockResolvedValue(Part);
    shown(load);
    await act(() => vi.advanceTimersByTimeAsync(10));
    await act(async () => {
      window.dispatchEvent(new Event("online"));
      await vi.advanceTimersByTimeAsync(0);
    });
    expect(screen.getByText("The bill is here")).toBeVisible();
  });
});
