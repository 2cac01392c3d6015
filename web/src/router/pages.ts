import type { RouteLocationNormalized } from 'vue-router'

/** The pages that are shown, one below the other: more of them once "more" was asked for. */
export interface PageRange {
  first: number
  last: number
}

export const FIRST_PAGE: PageRange = { first: 1, last: 1 }

const LAST_PAGE = 1_000_000
/** So many pages may stand below each other; the next one then begins a new sheet. */
export const MOST_PAGES = 12

export const onePage = (page: number): PageRange => ({ first: page, last: page })

/** "3", or "1-3"; the first page for anything else. */
export function parsePages(text: string): PageRange {
  const [, from, to = from] = /^(\d{1,7})(?:-(\d{1,7}))?$/.exec(text) ?? []
  const [first, last] = [Number(from), Number(to)]
  const makesSense = first >= 1 && last >= first && last <= LAST_PAGE
  return makesSense ? { first, last: Math.min(last, first + MOST_PAGES - 1) } : FIRST_PAGE
}

export const formatPages = ({ first, last }: PageRange): string =>
  first === last ? String(first) : `${first}-${last}`

/** With the page behind these, as long as there is room. */
export function withNextPage({ first, last }: PageRange): PageRange {
  return last - first + 1 < MOST_PAGES ? { first, last: last + 1 } : onePage(last + 1)
}

/** Whether one went to another page of the same films, other than by adding one below. */
export function isPageTurn(to: RouteLocationNormalized, from: RouteLocationNormalized): boolean {
  const films = ({ path, query }: RouteLocationNormalized) => JSON.stringify([path, { ...query, page: null }])
  const pages = ({ query }: RouteLocationNormalized) =>
    parsePages(typeof query.page === 'string' ? query.page : '')
  return pages(to).first !== pages(from).first && films(to) === films(from)
}

/** Page numbers for a pager, with null where numbers are left out: 1 … 4 5 6 … 20. */
export function pageNumbers(current: number, last: number): (number | null)[] {
  const wanted = new Set([1, 2, current - 1, current, current + 1, last])
  // The ends keep the pager as long as in the middle.
  if (current <= 3) [3, 4].forEach((page) => wanted.add(page))
  if (current >= last - 2) [last - 3, last - 2, last - 1].forEach((page) => wanted.add(page))
  wanted.delete(current > 4 ? 2 : 0)

  const pages = [...wanted].filter((page) => page >= 1 && page <= last).sort((a, b) => a - b)
  return pages.flatMap((page, i) => {
    const before = pages[i - 1]
    if (before === undefined || page === before + 1) return [page]
    return page === before + 2 ? [page - 1, page] : [null, page]
  })
}
