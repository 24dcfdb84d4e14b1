import "./node-page";
import "@testing-library/jest-dom/vitest";
import { cleanup, configure } from "@testing-library/react";
import { afterEach } from "vitest";

// Many test files share a few busy cores, and what is shown later is fetched later: waiting ends with the condition,
// and these are the bounds of it.
configure({ asyncUtilTimeout: 10_000 });

// jsdom knows no captured pointers, which Radix asks about when something is pressed.
if ("HTMLElement" in globalThis) HTMLElement.prototype.hasPointerCapture ??= () => false;

afterEach(cleanup);
