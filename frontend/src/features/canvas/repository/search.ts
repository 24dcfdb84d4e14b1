import { baseOf } from "./tree";

export interface Match {
  path: string;
  /** Indices of the letters that were asked for. */
  positions: number[];
  score: number;
}

const NAME = 1000;
const RUN = 500;
const WORD_START = 12;
const NEXT_TO = 8;

/** Paths in which the letters of every word occur in order, the likeliest first: in the name before in the folder, in one
piece before in pieces, at the beginning of a word before in the middle of it, short before long. */
export function search(query: string, paths: readonly string[]): Match[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (!words.length) return [];
  return paths
    .flatMap((path) => matchOf(words, path) ?? [])
    .sort((a, b) => b.score - a.score || a.path.length - b.path.length || (a.path < b.path ? -1 : 1));
}

function matchOf(words: readonly string[], path: string): Match | null {
  const positions = new Set<number>();
  let score = -path.length / 10;
  for (const word of words) {
    const found = wordIn(word, path);
    if (!found) return null;
    score += found.score;
    for (const position of found.positions) positions.add(position);
  }
  return { path, positions: [...positions].sort((a, b) => a - b), score };
}

interface Found {
  positions: number[];
  score: number;
}

function wordIn(word: string, path: string): Found | null {
  const text = path.toLowerCase();
  const nameStart = path.length - baseOf(path).length;
  return best([inOnePiece(word, text, nameStart), inPieces(word, text, nameStart), inPieces(word, text, 0)], nameStart);
}

function inOnePiece(word: string, text: string, nameStart: number): number[] | null {
  const inName = text.indexOf(word, nameStart);
  const start = inName >= 0 ? inName : text.indexOf(word);
  return start < 0 ? null : Array.from(word, (_, index) => start + index);
}

function inPieces(word: string, text: string, from: number): number[] | null {
  const positions: number[] = [];
  let at = from;
  for (const letter of word) {
    const found = text.indexOf(letter, at);
    if (found < 0) return null;
    positions.push(found);
    at = found + letter.length;
  }
  return positions;
}

function best(tries: (number[] | null)[], nameStart: number): Found | null {
  return tries.reduce<Found | null>((before, positions) => {
    if (!positions) return before;
    const score = worth(positions, nameStart);
    return before && before.score >= score ? before : { positions, score };
  }, null);
}

function worth(positions: readonly number[], nameStart: number): number {
  const first = positions[0] ?? 0;
  const last = positions.at(-1) ?? 0;
  const together = positions.filter((position, index) => index > 0 && position === (positions[index - 1] ?? 0) + 1).length;
  return (
    (first >= nameStart ? NAME : 0) +
    (together === positions.length - 1 ? RUN : 0) +
    (first === nameStart ? WORD_START : 0) +
    together * NEXT_TO -
    (last - first - positions.length + 1)
  );
}
