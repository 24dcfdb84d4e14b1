import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [react()],
  resolve: { alias: { "@": fileURLToPath(new URL("src", import.meta.url)) } },
  test: {
    environment: "jsdom",
    globals: false,
    setupFiles: ["src/testing/setup.ts"],
    include: ["src/**/*.test.{ts,tsx}"],
    restoreMocks: true,
    // One core is left for the watching of changes otherwise, which nobody does here.
    maxWorkers: "100%",
    // A bound for what hangs, not a measure of speed: cold and beside other work a file takes many times its usual time.
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
});
