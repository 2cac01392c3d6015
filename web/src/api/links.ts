import type { Film } from './client'

/** A URL one may follow from a page: http or https, nothing else. */
export function safeUrl(text: string): URL | null {
  try {
    const url = new URL(text)
    return /^https?:$/.test(url.protocol) ? url : null
  } catch {
    return null
  }
}

export interface SourceLink {
  href: string
  host: string
  /** The source's name in the catalogue. */
  source: string
}

/** Sites that write about films, and show none. */
const REFERENCES = /(^|\.)(wikipedia\.org|wikidata\.org|imdb\.com|kinopoisk\.ru)$/

/** Pages of a film at its sources, each once: where it can be watched, and where one reads of it. */
export function sourceLinks(film: Pick<Film, 'sources'>): { watch: SourceLink[]; read: SourceLink[] } {
  const links = film.sources.flatMap((source) => {
    const url = safeUrl(source.source_url)
    if (!url) return []
    const host = url.hostname.replace(/^www\./, '')
    return [{ href: url.href, host, source: source.source }]
  })
  const unique = [...new Map(links.map((link) => [link.href, link])).values()]
  return {
    watch: unique.filter((link) => !REFERENCES.test(link.host)),
    read: unique.filter((link) => REFERENCES.test(link.host)),
  }
}
