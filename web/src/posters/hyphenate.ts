const VOWEL = '[аеёиоуыэюяaeiouyàâäáãåæèêëéìîïíòôöóøùûüúý]'
const LETTER = '[\\p{L}]'
/** Letters that are one sound, or that begin a syllable together. */
const GLUED = '(?:th|ch|sh|ph|gh|ck|qu|wh|ng|[bcfgpбвгкпфх][lrлр]|[dtдт][rр])'
const CONSONANT = `(?:${GLUED}|(?!${VOWEL}|[йьъ]|${GLUED})${LETTER})`

/** P. Hristov's syllable patterns for Russian; they serve Latin script tolerably well. */
const PATTERNS = [
  `([йьъ])(${LETTER}${LETTER})`,
  `(${VOWEL})(${VOWEL}${LETTER}${LETTER})`,
  `(${VOWEL}${CONSONANT})(${CONSONANT}${VOWEL})`,
  `(${CONSONANT}${VOWEL})(${CONSONANT}${VOWEL})`,
  `(${VOWEL}${CONSONANT})(${CONSONANT}${CONSONANT}${VOWEL})`,
  `(${VOWEL}${CONSONANT}${CONSONANT})(${CONSONANT}${CONSONANT}${VOWEL})`,
].map((pattern) => new RegExp(pattern, 'giu'))

const SOFT = '\u00ad'
const SHORTEST_HEAD = 3
const SHORTEST_TAIL = 3

/** The parts of a word between which a hyphen may stand, left to right. */
export function syllables(word: string): string[] {
  let marked = word
  for (const pattern of PATTERNS) {
    // Twice: neighbouring matches share letters.
    marked = marked.replace(pattern, `$1${SOFT}$2`).replace(pattern, `$1${SOFT}$2`)
  }
  const parts: string[] = []
  let head = ''
  for (const part of marked.split(SOFT)) {
    head += part
    const tail = word.length - parts.join('').length - head.length
    if (head.length >= SHORTEST_HEAD && (tail === 0 || tail >= SHORTEST_TAIL)) {
      parts.push(head)
      head = ''
    }
  }
  if (head) parts.push((parts.pop() ?? '') + head)
  return parts
}
