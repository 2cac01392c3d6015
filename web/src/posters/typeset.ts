import { syllables } from './hyphenate'
import { measure, type Face } from './widths'

export interface TypesetTitle {
  face: Face
  size: number
  leading: number
  lines: string[]
}

interface Setting {
  face: Face
  size: number
  hyphenate: boolean
}

const settings = (face: Face, sizes: number[], hyphenate = false): Setting[] =>
  sizes.map((size) => ({ face, size, hyphenate }))

/** From the most to the least wished for: big and whole, then narrower, then hyphenated, then small. */
const SETTINGS = [
  ...settings('unbounded', [32, 28, 25, 22]),
  ...settings('golos', [30, 27, 24, 21]),
  ...settings('golos', [24, 21], true),
  ...settings('golos', [19, 17]),
  ...settings('golos', [17, 15], true),
]
const LEADING: Record<Face, number> = { unbounded: 1.14, golos: 1.06 }
const MOST_LINES = 5

/** A preposition, conjunction or article must not hang at a line's end. */
const SHORT_WORD = /(?<=^|[\s(«"])(\p{L}{1,2}|the|and|для|над|под|при|без)\s+(?=\S)/giu

const words = (title: string) =>
  title
    .trim()
    .replace(SHORT_WORD, '$1\u00a0')
    .split(/[ \t\n\r]+/)

/** Breaks one word that is wider than a line: after its own hyphens, between syllables, anywhere at last. */
function breakWord(word: string, fits: (text: string) => boolean, hyphenate: boolean): string[] | null {
  const own = word.split(hyphenate ? /(?<=[-–/\u00a0])/u : /(?<=[-–/])/u)
  const pieces = hyphenate ? own.flatMap((part) => (fits(part) ? [part] : syllables(part))) : own
  const lines: string[] = []
  for (const piece of pieces.flatMap((part) => (fits(part + '-') || !hyphenate ? [part] : [...part]))) {
    const last = lines.at(-1)
    if (last !== undefined && fits(`${last}${piece}-`)) lines[lines.length - 1] = last + piece
    else lines.push(piece)
  }
  if (!lines.every((line) => fits(line.trimEnd()))) return null
  return lines.map((line, i) =>
    i === lines.length - 1 || /[-–/\s]$/u.test(line) ? line.trimEnd() : `${line}-`,
  )
}

/** Greedy lines, or null when a word can't be made to fit. */
function breakLines(title: string, fits: (text: string) => boolean, hyphenate: boolean): string[] | null {
  const lines: string[] = []
  for (const word of words(title)) {
    const last = lines.at(-1)
    if (last !== undefined && fits(`${last} ${word}`)) {
      lines[lines.length - 1] = `${last} ${word}`
      continue
    }
    const broken = fits(word) ? [word] : breakWord(word, fits, hyphenate)
    if (!broken) return null
    lines.push(...broken)
  }
  return lines
}

function truncate(lines: string[], most: number, fits: (text: string) => boolean): string[] {
  if (lines.length <= most) return lines
  const kept = lines.slice(0, most)
  let last = kept[most - 1]!.replace(/[\s\p{P}]+$/u, '')
  while (last && !fits(`${last}…`)) last = last.slice(0, -1).trimEnd()
  kept[most - 1] = `${last}…`
  return kept
}

/** Sets a title as large as a box of this size allows. */
export function typeset(title: string, width: number, height: number): TypesetTitle {
  const attempt = ({ face, size, hyphenate }: Setting, atAnyRate: boolean): TypesetTitle | null => {
    const leading = Math.round(size * LEADING[face])
    const most = Math.min(MOST_LINES, Math.floor(height / leading))
    const fits = (text: string) => measure(text, face) * size <= width
    const lines = breakLines(title, fits, hyphenate)
    if (!lines || (lines.length > most && !atAnyRate)) return null
    return { face, size, leading, lines: truncate(lines, most, fits) }
  }
  for (const setting of SETTINGS) {
    const set = attempt(setting, false)
    if (set) return set
  }
  return attempt(SETTINGS.at(-1)!, true)!
}
