import type { Locale } from './locale'

/**
 * The catalogue's vocabulary (`libs/domain`, genres): the key, which is also the English name in lower case, and the
 * Russian name; then what sources without our scraper write instead. The API knows a genre by any of its names.
 */
const GENRES: readonly (readonly [key: string, russian: string, ...others: string[]])[] = [
  ['action', 'боевик'],
  ['adventure', 'приключения'],
  ['animation', 'мультфильм', 'animated'],
  ['anime', 'аниме'],
  ['arthouse', 'артхаус'],
  ['biography', 'биография'],
  ['black comedy', 'чёрная комедия'],
  ['comedy', 'комедия'],
  ['concert', 'концерт', 'performance'],
  ['crime', 'криминал'],
  ['dance', 'танцы'],
  ['detective', 'детектив', 'mystery'],
  ['disaster', 'катастрофа'],
  ['documentary', 'документальный'],
  ['drama', 'драма'],
  ['erotic', 'эротика'],
  ['family', 'семейный'],
  ['fantasy', 'фэнтези'],
  ['fairy tale', 'сказка'],
  ['history', 'исторический', 'historical'],
  ['horror', 'ужасы'],
  ['independent', 'независимое кино'],
  ['kids', 'детский'],
  ['martial arts', 'боевые искусства'],
  ['melodrama', 'мелодрама'],
  ['music', 'музыка'],
  ['musical', 'мюзикл'],
  ['news', 'новости'],
  ['noir', 'нуар'],
  ['parody', 'пародия'],
  ['political', 'политика'],
  ['reality', 'реалити'],
  ['romance', 'романтика'],
  ['romantic comedy', 'романтическая комедия'],
  ['satire', 'сатира'],
  ['science fiction', 'фантастика', 'sci-fi'],
  ['short', 'короткометражка'],
  ['silent', 'немое кино'],
  ['slasher', 'слэшер'],
  ['sport', 'спорт', 'sports'],
  ['spy', 'шпионский'],
  ['superhero', 'супергерои'],
  ['supernatural', 'мистика'],
  ['teen', 'подростковый'],
  ['thriller', 'триллер', 'suspense'],
  ['war', 'военный'],
  ['western', 'вестерн'],
]

const BY_NAME = new Map(GENRES.flatMap((names) => names.map((name) => [name, names] as const)))

const fold = (value: string) => value.trim().toLowerCase()

/** One key for all names of a genre. */
export const genreKey = (value: string): string => BY_NAME.get(fold(value))?.[0] ?? fold(value)

/** The name to show: translated when known, otherwise as the source has it. */
export function genreLabel(value: string, locale: Locale): string {
  const names = BY_NAME.get(fold(value))
  if (!names) return value
  return locale === 'ru' ? names[1] : names[0]
}

export const capitalised = (text: string): string => text.charAt(0).toLocaleUpperCase() + text.slice(1)
