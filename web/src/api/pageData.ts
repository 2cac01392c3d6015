import type { QueryClient } from '@tanstack/vue-query'
import type { Film, FilmPage, FilmQuery, Home } from './client'

/** What the gateway has put into the page, so that the first view needs no request: see `keys`. */
const ELEMENT = 'page-data'

/** The names of what is kept, for queries and for what came with the page. */
export const keys = {
  home: () => ['home'] as const,
  film: (id: number) => ['film', id] as const,
  films: (query: FilmQuery) => ['films', query] as const,
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

/** The question that a target asks; null for another kind of target. Only what the gateway asks for is understood. */
function filmQuery(target: string): FilmQuery | null {
  const [path, search] = target.split('?')
  if (path !== '/movies') return null
  const parameters = new URLSearchParams(search)
  const genre = parameters.getAll('genre')
  return {
    ...(genre.length > 0 && { genre }),
    sort: parameters.get('sort') as FilmQuery['sort'],
    page: Number(parameters.get('page')),
    per_page: Number(parameters.get('per_page')),
  }
}

/** Takes what came with the page into the cache. It is as fresh as the page. */
export function takePageData(cache: QueryClient): void {
  const page = read()
  if (typeof page?.target !== 'string') return
  const { target, data } = page
  const film = /^\/movies\/(\d+)\?include=similar$/.exec(target)
  const query = filmQuery(target)
  if (target === '/home') cache.setQueryData<Home>(keys.home(), data as Home)
  else if (film) cache.setQueryData<Film>(keys.film(Number(film[1])), data as Film)
  else if (query) cache.setQueryData<FilmPage>(keys.films(query), data as FilmPage)
}
