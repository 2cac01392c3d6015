import type { Locale } from './locale'

/**
 * Sources name genres in their own language. These are the names of the same genre: the key
 * (which is also the English name in lower case), the Russian name, then other spellings.
 */
const GENRES: readonly (readonly [key: string, russian: string, ...others: string[]])[] = [
  ['action', 'боевик', 'экшн'],
  ['adventure', 'приключения'],
  ['animation', 'мультфильм', 'cartoon', 'мультфильмы', 'анимация'],
  ['anime', 'аниме'],
  ['arthouse', 'артхаус', 'авторское кино'],
  ['biography', 'биография', 'biopic', 'биографический'],
  ['black comedy', 'чёрная комедия', 'черная комедия'],
  ['comedy', 'комедия', 'комедии'],
  ['concert', 'концерт', 'concert/performance'],
  ['crime', 'криминал', 'криминальный'],
  ['detective', 'детектив', 'mystery', 'детективы'],
  ['documentary', 'документальный', 'документальное', 'документальное кино'],
  ['drama', 'драма', 'драмы'],
  ['family', 'семейный', 'семейное'],
  ['fantasy', 'фэнтези'],
  ['history', 'исторический', 'historical', 'история'],
  ['horror', 'ужасы', 'хоррор'],
  ['kids', 'детский', 'children', 'детское'],
  ['melodrama', 'мелодрама', 'мелодрамы'],
  ['music', 'музыка', 'музыкальный'],
  ['musical', 'мюзикл'],
  ['noir', 'нуар', 'film-noir'],
  ['romance', 'романтика', 'romantic'],
  ['romantic comedy', 'романтическая комедия'],
  ['science fiction', 'фантастика', 'sci-fi', 'научная фантастика'],
  ['short', 'короткометражка', 'короткометражный'],
  ['sport', 'спорт', 'sports', 'спортивный'],
  ['thriller', 'триллер', 'триллеры', 'thriller/suspense', 'suspense', 'саспенс'],
  ['war', 'военный', 'военное'],
  ['western', 'вестерн'],
]

const BY_NAME = new Map(GENRES.flatMap((names) => names.map((name) => [name, names] as const)))

const fold = (value: string) => value.trim().toLowerCase()

/** One key for all the names of a genre. */
export const genreKey = (value: string): string => BY_NAME.get(fold(value))?.[0] ?? fold(value)

/** All the names the catalogue may know this genre by: what a filter has to ask for. */
export const genreNames = (value: string): readonly string[] => BY_NAME.get(fold(value)) ?? [value]

/** The name to show: translated when known, otherwise as the source has it. */
export function genreLabel(value: string, locale: Locale): string {
  const names = BY_NAME.get(fold(value))
  if (!names) return value
  return locale === 'ru' ? names[1] : names[0]
}

export const capitalised = (text: string): string => text.charAt(0).toLocaleUpperCase() + text.slice(1)

export interface GenreOption {
  key: string
  label: string
}

/** The catalogue's genres as choices: one for each key, in the order of the catalogue. */
export function genreOptions(values: readonly string[], locale: Locale): GenreOption[] {
  const options = new Map<string, GenreOption>()
  for (const value of values) {
    const key = genreKey(value)
    if (!options.has(key)) options.set(key, { key, label: capitalised(genreLabel(value, locale)) })
  }
  return [...options.values()]
}
