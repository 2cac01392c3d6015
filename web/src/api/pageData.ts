import type { QueryClient } from '@tanstack/vue-query'
import type { Film, Home } from './client'

/** What the gateway has put into the page, so that the first view needs no request: see `keys`. */
const ELEMENT = 'page-data'

/** The names of what is kept, for queries and for what came with the page. */
export const keys = {
  home: () => ['home'] as const,
  film: (id: number) => ['film', id] as const,
}

interface PageData {
  target: string
  data: unknown
}

function read(): PageData | null {
  try {
    const text = document.getElementById(ELEMENT)?.textContent
    return text ? (JSON.parse(text) as PageData) : null
  } catch {
    return null
  }
}

/** Takes what came with the page into the cache. It is as fresh as the page. */
export function takePageData(cache: QueryClient): void {
  const page = read()
  if (!page) return
  const film = /^\/movies\/(\d+)\?include=similar$/.exec(page.target)
  if (page.target === '/home') cache.setQueryData<Home>(keys.home(), page.data as Home)
  else if (film) cache.setQueryData<Film>(keys.film(Number(film[1])), page.data as Film)
}
