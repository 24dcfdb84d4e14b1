/** Characters that steer a terminal, turn the direction of text or cannot be seen, and so may hide what a file says.

A joiner inside an emoji is left alone. */
const HIDDEN =
  // eslint-disable-next-line no-control-regex -- finding control characters is what it is for
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]|(?<![\p{Extended_Pictographic}\p{Emoji_Modifier}\ufe0f])\u200d/gu;

const PICTURES = 0x2400;

function shown(character: string): string {
  const code = character.codePointAt(0) as number;
  if (code < 0x20) return String.fromCodePoint(PICTURES + code);
  if (code === 0x7f) return "␡";
  return `⟪U+${code.toString(16).toUpperCase().padStart(4, "0")}⟫`;
}

/** The text with every hidden character spelled out: `␛` for an escape, `⟪U+202E⟫` for a turn of direction. */
export const visible = (text: string): string => text.replace(HIDDEN, shown);

/** A name, which has one line, with line ends and tabs spelled out, too. */
export const visibleName = (name: string): string => visible(name).replace(/[\t\n]/g, shown);

export interface Lines {
  lines: string[];
  /** How many characters had to be spelled out. */
  hidden: number;
}

/** The lines of a file as they are shown; the line end of the last line begins no further line. */
export function visibleLines(text: string): Lines {
  const plain = text.includes("\r\n") ? text.replaceAll("\r\n", "\n") : text;
  let hidden = 0;
  const spell = (character: string): string => {
    hidden += 1;
    return shown(character);
  };
  // Nearly every file hides nothing, and a large one is not written anew for that.
  const spelled = plain.search(HIDDEN) < 0 ? plain : plain.replace(HIDDEN, spell);
  const lines = spelled.split("\n");
  if (lines.length > 1 && lines.at(-1) === "") lines.pop();
  return { lines, hidden };
}
