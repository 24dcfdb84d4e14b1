import { go } from "@/testing/address-bar";
import { render, screen } from "@testing-library/react";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { Markdown } from "./markdown";

vi.mock("next/navigation", async () => (await import("@/testing/address-bar")).navigation);
beforeEach(() => go("/runs/?id=ds_1"));

const shown = (text: string): HTMLElement => render(<Markdown text={text} />).container;

describe("markdown of a run", () => {
  it("runs no script and renders no markup", () => {
    const box = shown('Hello <script>window.hit = 1</script>\n\n<iframe src="https://evil.test"></iframe>\n\n<b onclick="x()">bold</b>\n\n<style>*{display:none}</style>');
    expect(box.querySelector("script, iframe, b, style, [onclick]")).toBeNull();
    expect(box).toHaveTextContent("Hello");
    expect("hit" in window).toBe(false);
  });

  it("fetches no image and says its words instead", () => {
    const box = shown("![a diagram](https://evil.test/pixel.png)\n\n<img src=x onerror=alert(1)>\n\n![ref][1]\n\n[1]: https://evil.test/2.png");
    expect(box.querySelector("img, picture, svg, [src], [style]")).toBeNull();
    expect(box).toHaveTextContent("[a diagram]");
  });

  it("follows only http and https, in a tab that knows nothing of this one", () => {
    shown("[good](https://aws.amazon.com) [bad](javascript:alert(1)) [data](data:text/html,x) [mail](mailto:a@b.c) [up](//evil.test)");
    const links = screen.getAllByRole("link");
    expect(links).toHaveLength(1);
    expect(links[0]).toHaveAttribute("rel", "noreferrer noopener");
    expect(links[0]).toHaveAttribute("target", "_blank");
    expect(screen.getByText(/bad/)).toBeVisible();
  });

  it("opens files of the repository in their tab", () => {
    shown("[0001](../docs/adr/0001-serve.md) [out](../../etc/passwd)");
    expect(screen.getAllByRole("link").map((link) => link.getAttribute("href"))).toEqual([
      "?id=ds_1&tab=repository&file=docs%2Fadr%2F0001-serve.md",
    ]);
  });

  it("renders tables and begins below the heading of the page", () => {
    shown("# Why\n\n| a | b |\n| --- | --- |\n| 1 | 2 |");
    expect(screen.getByRole("heading", { level: 2 })).toHaveTextContent("Why");
    expect(screen.getAllByRole("cell")).toHaveLength(2);
  });
});
