import type { RouteLocationNormalized } from 'vue-router'

/** Whether one went to another page of the same films. */
export function isPageTurn(to: RouteLocationNormalized, from: RouteLocationNormalized): boolean {
  const films = ({ path, query }: RouteLocationNormalized) => JSON.stringify([path, { ...query, page: null }])
  return to.query.page !== from.query.page && films(to) === films(from)
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
