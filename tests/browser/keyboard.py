"""A page as somebody uses it who has no mouse."""

from playwright.async_api import Locator, Page

MOST = 400
"""More stops than any page has; going on after as many is a trap or a control that Tab does not reach."""

STOP = """() => {
  const stop = document.activeElement;
  if (!stop || stop === document.body) return null;
  const marked = (place) => {
    const {outlineStyle, outlineWidth} = getComputedStyle(place);
    return outlineStyle !== 'none' && parseFloat(outlineWidth) > 0;
  };
  // A field inside a frame that looks like one field may have its ring around the frame.
  const seen = marked(stop) || (stop.closest('form') !== null && marked(stop.closest('form')));
  window.__stops ??= [];
  if (!window.__stops.includes(stop)) window.__stops.push(stop);
  // By its words where it comes and goes with how far one has scrolled.
  const latest = stop.textContent.trim() === 'Jump to latest';
  const name = latest ? stop.textContent.trim() : String(window.__stops.indexOf(stop));
  return {name, seen, html: stop.outerHTML.slice(0, 160)};
}"""


async def press(page: Page, key: str) -> str | None:
    """Presses a key that moves the focus; which stop of the page it came to, null for none.

    Raises:
        AssertionError: where nothing shows that the focus is there.
    """
    await page.keyboard.press(key)
    stop = await page.evaluate(STOP)
    if stop is None:
        return None
    assert stop["seen"], f"nothing shows the focus on {stop['html']}"
    name: str = stop["name"]
    return name


async def stops_around(page: Page, key: str) -> list[str]:
    """Every stop on the way round the page, each once, until the first one comes again."""
    found: list[str] = []
    for _ in range(MOST):
        stop = await press(page, key)
        if stop is None:
            continue
        if found and stop == found[0]:
            return found
        assert stop not in found, "Tab goes in a circle that leaves part of the page out"
        found.append(stop)
    raise AssertionError(f"{key} does not come back to where it began")


async def tab_to(page: Page, wanted: Locator, key: str = "Tab") -> None:
    """Goes on with Tab until the control has the focus."""
    for _ in range(MOST):
        await press(page, key)
        if await wanted.evaluate("(control) => control === document.activeElement"):
            return
    raise AssertionError(f"{key} does not come to {wanted}")


async def focused(page: Page) -> str:
    """The words of what has the focus."""
    words: str = await page.evaluate("document.activeElement.textContent")
    return words
