import { describe, expect, it } from 'vitest'
import type { LocationQuery, RouteLocationNormalized } from 'vue-router'
import { isPageTurn, pageNumbers, parsePages, withNextPage } from './pages'

const shown = (current: number, last: number) =>
  pageNumbers(current, last)
    .map((page) => page ?? '…')
    .join(' ')

describe('page numbers', () => {
  it.each([
    [1, 1, '1'],
    [1, 4, '1 2 3 4'],
    [1, 20, '1 2 3 4 … 20'],
    [3, 20, '1 2 3 4 … 20'],
    [4, 20, '1 2 3 4 5 … 20'],
    [5, 20, '1 … 4 5 6 … 20'],
    [10, 20, '1 … 9 10 11 … 20'],
    [18, 20, '1 … 17 18 19 20'],
    [20, 20, '1 … 17 18 19 20'],
  ])('at %i of %i', (current, last, expected) => {
    expect(shown(current, last)).toBe(expected)
  })

  it('never leave out a single page', () => {
    for (let last = 1; last <= 15; last++) {
      for (let current = 1; current <= last; current++) {
        const pages = pageNumbers(current, last)
        pages.forEach((page, i) => {
          if (page === null) expect(pages[i + 1]! - pages[i - 1]!).toBeGreaterThan(2)
        })
      }
    }
  })
})

describe('turning a page', () => {
  const at = (query: LocationQuery) => ({ path: '/', query }) as RouteLocationNormalized

  it('is not changing a filter', () => {
    expect(isPageTurn(at({ genre: 'drama', page: '2' }), at({ genre: 'drama' }))).toBe(true)
    expect(isPageTurn(at({ genre: 'drama' }), at({ genre: 'comedy', page: '2' }))).toBe(false)
    expect(isPageTurn(at({ genre: 'drama' }), at({ genre: 'comedy' }))).toBe(false)
  })

  it('is not adding one below', () => {
    expect(isPageTurn(at({ page: '1-3' }), at({ page: '1-2' }))).toBe(false)
    expect(isPageTurn(at({ page: '3' }), at({ page: '1-2' }))).toBe(true)
  })
})

describe('more films', () => {
  it('are added below, until there are so many that a new sheet begins', () => {
    expect(withNextPage(parsePages('2'))).toEqual({ first: 2, last: 3 })
    expect(withNextPage(parsePages('2-12'))).toEqual({ first: 2, last: 13 })
    expect(withNextPage(parsePages('2-13'))).toEqual({ first: 14, last: 14 })
  })
})
