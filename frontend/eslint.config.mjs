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
      "import/resolver": { node: { extensions: [".ts", ".tsx"] } },
      "boundaries/include": ["src/**/*"],
      "boundaries/elements": [
        { type: "app", pattern: "src/app/**", mode: "full" },
        { type: "story", pattern: "src/features/story/**", mode: "full" },
        { type: "feature", pattern: "src/features/*/**", mode: "full", capture: ["feature"] },
        { type: "shared", pattern: "src/shared/**", mode: "full" },
        { type: "testing", pattern: "src/testing/**", mode: "full" },
      ],
    },
    rules: {
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
