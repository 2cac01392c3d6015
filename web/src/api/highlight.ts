import type { Ranges } from './client'

export interface Piece {
  text: string
  marked: boolean
}

/** A text cut at the ranges that the API marks in it. A range that doesn't fit the text is left out. */
export function cutAtRanges(text: string, ranges: Ranges = []): Piece[] {
  const pieces: Piece[] = []
  let done = 0
  const add = (end: number, marked: boolean) => {
    if (end > done) pieces.push({ text: text.slice(done, end), marked })
    done = end
  }
  for (const [start = 0, length = 0] of ranges) {
    if (start < done || length < 1 || start + length > text.length) continue
    add(start, false)
    add(start + length, true)
  }
  add(text.length, false)
  return pieces
}
