import { describe, expect, it } from 'vitest'
import type { Ranges } from './client'
import { cutAtRanges } from './highlight'

/** The pieces as one text, with the marked ones in brackets. */
const shown = (text: string, ranges?: Ranges) =>
  cutAtRanges(text, ranges)
    .map((piece) => (piece.marked ? `[${piece.text}]` : piece.text))
    .join('|')

describe('a text cut at ranges', () => {
  it.each<[Ranges | undefined, string]>([
    [undefined, 'Иван Васильевич'],
    [[], 'Иван Васильевич'],
    [[[0, 4]], '[Иван]| Васильевич'],
    [[[5, 10]], 'Иван |[Васильевич]'],
    [
      [
        [0, 4],
        [5, 10],
      ],
      '[Иван]| |[Васильевич]',
    ],
    [[[0, 15]], '[Иван Васильевич]'],
  ])('%j', (ranges, expected) => {
    expect(shown('Иван Васильевич', ranges)).toBe(expected)
  })

  it('counts as the API does, in UTF-16 code units', () => {
    expect(shown('Кот 😺 и пёс', [[9, 3]])).toBe('Кот 😺 и |[пёс]')
  })

  it.each<[Ranges]>([[[[-1, 2]]], [[[0, 0]]], [[[0]]], [[[3, 2]]], [[[9, 1]]]])(
    'loses nothing to a range that does not fit: %j',
    (ranges) => {
      expect(shown('Тень', ranges)).toBe('Тень')
    },
  )

  it('marks nothing twice', () => {
    const overlapping: Ranges = [
      [0, 3],
      [2, 2],
    ]
    expect(shown('Тень', overlapping)).toBe('[Тен]|ь')
  })

  it('has no pieces for no text', () => {
    expect(cutAtRanges('', [[0, 1]])).toEqual([])
  })
})
