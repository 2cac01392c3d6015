/** FNV-1a: a small, stable hash of a text. */
export function hash(text: string): number {
  let value = 0x811c9dc5
  for (const character of text) {
    value = Math.imul(value ^ character.codePointAt(0)!, 0x01000193)
  }
  return value >>> 0
}

export interface Random {
  /** A number in [from, to). */
  between(from: number, to: number): number
  pick<T>(items: readonly T[]): T
}

/** mulberry32: the same text gives the same numbers everywhere and for ever. */
export function seeded(text: string): Random {
  let state = hash(text)
  const next = () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    between: (from, to) => from + next() * (to - from),
    pick: (items) => items[Math.floor(next() * items.length)]!,
  }
}
