import { describe, expect, it } from 'vitest'
import { nearest } from './useArrowKeys'

/** Three columns of cards; the last row has one. */
const wall = Array.from({ length: 7 }, (_, index) => ({
  left: (index % 3) * 120,
  top: Math.floor(index / 3) * 220,
  width: 100,
  height: 200,
}))
const RIGHT = { x: 1, y: 0 }
const LEFT = { x: -1, y: 0 }
const DOWN = { x: 0, y: 1 }
const UP = { x: 0, y: -1 }
const from = (index: number, direction: { x: number; y: number }) => nearest(wall, wall[index]!, direction)

describe('the arrow keys', () => {
  it('walk over a wall of films', () => {
    expect([from(0, RIGHT), from(1, LEFT), from(1, DOWN), from(4, UP)]).toEqual([1, 0, 4, 1])
  })

  it('stay in the row at its ends', () => {
    expect([from(2, RIGHT), from(3, LEFT), from(0, UP)]).toEqual([-1, -1, -1])
  })

  it('reach the last row though it is shorter', () => {
    expect([from(5, DOWN), from(6, DOWN), from(6, UP)]).toEqual([6, -1, 3])
  })
})
