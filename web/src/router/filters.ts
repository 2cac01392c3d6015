import type { LocationQuery, LocationQueryRaw } from 'vue-router'
import type { FilmQuery } from '@/api/client'
import { genreKey } from '@/i18n/genres'
import { FIRST_PAGE, formatPages, parsePages, type PageRange } from './pages'

/** Orders as the address has them, and as the API calls them. */
const ORDERS = {
  rating: '-rating',
  popular: '-views',
  year: '-year',
  oldest: 'year',
  added: '-added_at',
  title: 'title',
  duration: '-duration',
  shortest: 'duration',
} as const

export type Order = keyof typeof ORDERS
export const ORDER_NAMES = Object.keys(ORDERS) as Order[]

/**
 * Without a search text the catalogue opens with the best rated films: a young catalogue has
 * next to no views, and "popular" would then be the order of arrival.
 */
export const DEFAULT_ORDER: Order = 'rating'

export const PAGE_SIZES = [24, 48, 96] as const
export type PageSize = (typeof PAGE_SIZES)[number]
export const DEFAULT_SIZE: PageSize = 24

export const AGES = [0, 6, 12, 16, 18] as const
export type Age = (typeof AGES)[number]

/** What the visitor chose to see; the address of the page is its only home. */
export interface Filters {
  q: string
  /** The text as it was typed, without corrections. */
  exact: boolean
  /** Genre keys, see `genreKey`: any of these, none of those. */
  genres: string[]
  withoutGenres: string[]
  yearFrom: number | null
  yearTo: number | null
  ratingFrom: number | null
  /** Minutes. */
  durationFrom: number | null
  durationTo: number | null
  ageTo: Age | null
  source: string
  withPicture: boolean
  /** Null is the default: by relevance when searching, `DEFAULT_ORDER` otherwise. */
  order: Order | null
  pages: PageRange
  size: PageSize
}

export const NO_FILTERS: Filters = {
  q: '',
  exact: false,
  genres: [],
  withoutGenres: [],
  yearFrom: null,
  yearTo: null,
  ratingFrom: null,
  durationFrom: null,
  durationTo: null,
  ageTo: null,
  source: '',
  withPicture: false,
  order: null,
  pages: FIRST_PAGE,
  size: DEFAULT_SIZE,
}

const LONGEST_QUERY = 200
const LONGEST_SOURCE = 100
const MOST_GENRES = 10
export const FIRST_YEAR = 1888
export const LAST_YEAR = 2200
const LONGEST_FILM = 6000

const all = (value: LocationQuery[string] | undefined): string[] =>
  [value ?? []].flat().filter((item): item is string => typeof item === 'string')

const first = (value: LocationQuery[string] | undefined): string => all(value)[0] ?? ''

function wholeNumber(value: LocationQuery[string] | undefined, least: number, most: number): number | null {
  const text = first(value)
  const number = Number(text)
  return /^\d{1,7}$/.test(text) && number >= least && number <= most ? number : null
}

const oneOf = <T extends number>(value: LocationQuery[string] | undefined, known: readonly T[]): T | null =>
  known.find((number) => String(number) === first(value)) ?? null

export const parseYear = (text: string): number | null => wholeNumber(text.trim(), FIRST_YEAR, LAST_YEAR)

const inOrder = (from: number | null, to: number | null): [number | null, number | null] =>
  from !== null && to !== null && from > to ? [to, from] : [from, to]

const parseGenres = (value: LocationQuery[string] | undefined): string[] => {
  const genres = all(value)
    .map(genreKey)
    .filter((genre) => genre && genre.length <= LONGEST_QUERY)
  return [...new Set(genres)].slice(0, MOST_GENRES)
}

/** Reads any address: what makes no sense is left out, so that every link shows something. */
export function parseFilters(query: LocationQuery): Filters {
  const [yearFrom, yearTo] = inOrder(
    wholeNumber(query.year_from, FIRST_YEAR, LAST_YEAR),
    wholeNumber(query.year_to, FIRST_YEAR, LAST_YEAR),
  )
  const [durationFrom, durationTo] = inOrder(
    wholeNumber(query.duration_from, 1, LONGEST_FILM),
    wholeNumber(query.duration_to, 1, LONGEST_FILM),
  )
  const genres = parseGenres(query.genre)
  const q = [...first(query.q).trim()].slice(0, LONGEST_QUERY).join('')
  return {
    q,
    exact: q !== '' && first(query.exact) === '1',
    genres,
    withoutGenres: parseGenres(query.genre_not).filter((genre) => !genres.includes(genre)),
    yearFrom,
    yearTo,
    ratingFrom: wholeNumber(query.rating_from, 1, 10),
    durationFrom,
    durationTo,
    ageTo: oneOf(query.age_rating_to, AGES),
    source: first(query.source).slice(0, LONGEST_SOURCE),
    withPicture: first(query.has_image) === 'true',
    order: ORDER_NAMES.find((name) => name === first(query.sort)) ?? null,
    pages: parsePages(first(query.page)),
    size: oneOf(query.per_page, PAGE_SIZES) ?? DEFAULT_SIZE,
  }
}

const given = (name: string, value: number | null) => (value === null ? {} : { [name]: String(value) })

/** The address of these filters; defaults are left out. */
export function toLocationQuery(filters: Filters): LocationQueryRaw {
  const isDefaultOrder = !filters.q && filters.order === DEFAULT_ORDER
  return {
    ...(filters.q && { q: filters.q }),
    ...(filters.q && filters.exact && { exact: '1' }),
    ...(filters.genres.length > 0 && { genre: filters.genres }),
    ...(filters.withoutGenres.length > 0 && { genre_not: filters.withoutGenres }),
    ...given('year_from', filters.yearFrom),
    ...given('year_to', filters.yearTo),
    ...given('rating_from', filters.ratingFrom),
    ...given('duration_from', filters.durationFrom),
    ...given('duration_to', filters.durationTo),
    ...given('age_rating_to', filters.ageTo),
    ...(filters.source && { source: filters.source }),
    ...(filters.withPicture && { has_image: 'true' }),
    ...(filters.order && !isDefaultOrder && { sort: filters.order }),
    ...(filters.pages.last > 1 && { page: formatPages(filters.pages) }),
    ...(filters.size !== DEFAULT_SIZE && { per_page: String(filters.size) }),
  }
}

const MINUTE = 60

/** What the films have to meet, as the API asks for it; without order and page. */
export function toCriteria(filters: Filters): FilmQuery {
  return {
    ...(filters.q && { q: filters.q }),
    ...(filters.genres.length > 0 && { genre: filters.genres }),
    ...(filters.withoutGenres.length > 0 && { genre_not: filters.withoutGenres }),
    ...(filters.yearFrom !== null && { year_from: filters.yearFrom }),
    ...(filters.yearTo !== null && { year_to: filters.yearTo }),
    ...(filters.ratingFrom !== null && { rating_from: filters.ratingFrom }),
    ...(filters.durationFrom !== null && { duration_from: filters.durationFrom * MINUTE }),
    // A film of 1 h 59 min 59 s is no longer than two hours, and one of two hours is not shorter.
    ...(filters.durationTo !== null && { duration_to: filters.durationTo * MINUTE - 1 }),
    ...(filters.ageTo !== null && { age_rating_to: filters.ageTo }),
    ...(filters.source && { source: filters.source }),
    ...(filters.withPicture && { has_image: true }),
  }
}

/** The requests for the pages that are shown, one after the other. */
export function toFilmQueries(filters: Filters): FilmQuery[] {
  const order = filters.order ?? (filters.q ? null : DEFAULT_ORDER)
  const { first, last } = filters.pages
  return Array.from({ length: last - first + 1 }, (_, index) => ({
    ...toCriteria(filters),
    sort: order ? ORDERS[order] : 'relevance',
    page: first + index,
    per_page: filters.size,
  }))
}
