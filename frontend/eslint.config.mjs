import { fileURLToPath } from "node:url";
import js from "@eslint/js";
import boundaries from "eslint-plugin-boundaries";
import a11y from "eslint-plugin-jsx-a11y";
import hooks from "eslint-plugin-react-hooks";
import ts from "typescript-eslint";

// shared → features → app: each may use what stands before it, and features do not know each other, except the story,
// which every one of them tells a part of.
export default ts.config(
  { ignores: ["out/**", ".next/**", "node_modules/**", "next-env.d.ts", "src/shared/api/schema.ts"] },
  js.configs.recommended,
  ...ts.configs.recommended,
  a11y.flatConfigs.recommended,
  hooks.configs.flat["recommended-latest"],
  {
    files: ["src/**/*.{ts,tsx}"],
    plugins: { boundaries },
    settings: {
      "import/resolver": { [fileURLToPath(new URL("alias-resolver.cjs", import.meta.url))]: {}, node: { extensions: [".ts", ".tsx"] } },
      "boundaries/root-path": fileURLToPath(new URL(".", import.meta.url)),
      "boundaries/dependency-nodes": ["import", "dynamic-import", "export", "require"],
      "boundaries/elements": [
        { type: "app", pattern: "src/app" },
        { type: "story", pattern: "src/features/story" },
        { type: "feature", pattern: "src/features/*", capture: ["feature"] },
        { type: "shared", pattern: "src/shared" },
        { type: "testing", pattern: "src/testing" },
      ],
      "boundaries/files": [{ category: "test", pattern: ["**/*.test.{ts,tsx}", "**/testing*.{ts,tsx}"] }],
    },
    rules: {
      "boundaries/dependencies": [
        "error",
        {
          default: "disallow",
          message: "{{from.element.types}} may not import {{to.element.types}}: shared → story → features → app, and features do not know each other.",
          policies: [
            { from: { element: { type: "app" } }, allow: { to: { element: { types: { anyOf: ["feature", "story", "shared"] } } } } },
            { from: { element: { type: "feature" } }, allow: { to: { element: { types: { anyOf: ["story", "shared"] } } } } },
            { from: { element: { type: "story" } }, allow: { to: { element: { type: "shared" } } } },
            { from: { element: { type: "testing" } }, allow: { to: { element: { types: { anyOf: ["story", "shared"] } } } } },
            { from: { file: { categories: "test" } }, allow: { to: { element: { type: "testing" } } } },
          ],
        },
      ],
      "max-lines": ["error", { max: 250, skipBlankLines: true, skipComments: true }],
      "no-restricted-imports": [
        "error",
        { patterns: [{ group: ["../../*"], message: "Use @/… for what is not beside the file." }] },
      ],
      "no-restricted-syntax": [
        "error",
        {
          selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']",
          message: "Generated text is never markup.",
        },
      ],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
      "jsx-a11y/no-noninteractive-tabindex": "off",
    },
  },
);
