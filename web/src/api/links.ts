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

export interface WatchLink {
  href: string
  host: string
  name: string
}

const NAMES: Record<string, string> = { rutube: 'Rutube', youtube: 'YouTube', vk: 'VK Видео' }

/** Where a film can be watched: its sources that have a page for people. */
export function watchLinks(film: Pick<Film, 'sources'>): WatchLink[] {
  const links = film.sources.flatMap((source) => {
    const url = safeUrl(source.source_url)
    if (!url) return []
    const host = url.hostname.replace(/^www\./, '')
    return [{ href: url.href, host, name: NAMES[source.source] ?? host }]
  })
  return [...new Map(links.map((link) => [link.href, link])).values()]
}
