import type { ThemeRegistrationRaw } from "shiki/types";

/** The colours of code are tokens of the page, so a change of theme colours it anew without reading it again. */
const CLASSES = {
  "var(--ink)": "",
  "var(--ink-soft)": "text-ink-soft",
  "var(--accent-ink)": "text-accent-ink",
  "var(--good)": "text-good",
  "var(--warn)": "text-warn",
  "var(--bad)": "text-bad",
} as const;

type Colour = keyof typeof CLASSES;

const rule = (foreground: Colour, scope: string[], fontStyle = ""): ThemeRegistrationRaw["settings"][number] => ({
  scope,
  settings: { foreground, fontStyle },
});

export const THEME: ThemeRegistrationRaw = {
  name: "page",
  settings: [
    { settings: { foreground: "var(--ink)", background: "var(--surface)" } },
    rule("var(--ink-soft)", ["comment", "punctuation.definition.comment", "string.quoted.docstring"], "italic"),
    rule("var(--good)", ["string", "markup.inline.raw", "markup.fenced_code", "constant.character.escape"]),
    rule("var(--warn)", ["constant.numeric", "constant.language", "constant.other", "support.constant"]),
    rule("var(--accent-ink)", [
      "keyword.control", "keyword.operator.logical", "keyword.other", "storage", "entity.name.tag",
      "support.type.property-name", "keyword.key", "variable.other.property", "entity.other.attribute-name",
      "variable.declaration", "entity.name.type.terraform", "entity.name.type.hcl", "punctuation.definition.list",
    ]),
    rule("var(--ink)", ["entity.name.function", "entity.name.type.class", "support.function"], "bold"),
    rule("var(--accent-ink)", ["markup.heading", "entity.name.section"], "bold"),
    rule("var(--accent-ink)", ["markup.underline.link", "string.other.link"], "underline"),
    rule("var(--ink)", ["markup.bold"], "bold"),
    rule("var(--ink)", ["markup.italic"], "italic"),
    rule("var(--bad)", ["invalid"]),
  ],
};

const [ITALIC, BOLD, UNDERLINE] = [1, 2, 4];

/** The classes of a token. */
export function classOf(colour: string | undefined, style = 0): string {
  return [
    CLASSES[colour as Colour] ?? "",
    style > 0 && style & ITALIC ? "italic" : "",
    style > 0 && style & BOLD ? "font-medium" : "",
    style > 0 && style & UNDERLINE ? "underline" : "",
  ]
    .filter(Boolean)
    .join(" ");
}
