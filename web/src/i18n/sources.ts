/** The sources whose names people know; others are called as the catalogue calls them. */
const NAMES: Record<string, string> = {
  rutube: 'Rutube',
  'internet-archive': 'Internet Archive',
  wikipedia: 'Wikipedia',
  'wikipedia-movies': 'Wikipedia',
  wikidata: 'Wikidata',
  youtube: 'YouTube',
  vk: 'VK Видео',
}

export const sourceName = (source: string): string => NAMES[source] ?? source

export const isKnownSource = (source: string): boolean => source in NAMES
