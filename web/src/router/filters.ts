import type { LocationQuery, LocationQueryRaw } from 'vue-router'
import type { FilmQuery } from '@/api/client'
import { genreKey, genreNames } from '@/i18n/genres'

/** Orders as the address has them, and as the API calls them. */
const ORDERS = {
  rating: '-rating',
  popular: '-views',
  year: '-year',
  added: '-added_at',
  title: 'title',
  duration: '-duration',
} as const

export type Order = keyof typeof ORDERS
export const ORDER_NAMES = Object.keys(ORDERS) as Order[]

/**
 * Without a search text the catalogue opens with the best rated films: a young catalogue has
 * next to no views, and "popular" would then be the order of arrival.
 */
export const DEFAULT_ORDER: Order = 'rating'

/** What the visitor chose to see; the address of the page is its only home. */
export interface Filters {
  q: string
  /** Genre keys, see `genreKey`. */
  genres: string[]
  yearFrom: number | null
  yearTo: number | null
  /** Null is the default: by relevance when searching, `DEFAULT_ORDER` otherwise. */
  order: Order | null
  page: number
}

export const NO_FILTERS: Filters = { q: '', genres: [], yearFrom: null, yearTo: null, order: null, page: 1 }

export const PER_PAGE = 24
const LONGEST_QUERY = 200
const MOST_GENRES = 10
const LAST_PAGE = 1_000_000
export const FIRST_YEAR = 1888
export const LAST_YEAR = 2200

const all = (value: LocationQuery[string] | undefined): string[] =>
  [value ?? []].flat().filter((item): item is string => typeof item === 'string')

function wholeNumber(value: LocationQuery[string] | undefined, least: number, most: number): number | null {
  const text = all(value)[0] ?? ''
  const number = Number(text)
  return /^\d{1,7}$/.test(text) && number >= least && number <= most ? number : null
}

export const parseYear = (text: string): number | null => wholeNumber(text.trim(), FIRST_YEAR, LAST_YEAR)

const inOrder = (from: number | null, to: number | null): [number | null, number | null] =>
  from !== null && to !== null && from > to ? [to, from] : [from, to]

/** Reads any address: what makes no sense is left out, so that every link shows something. */
export function parseFilters(query: LocationQuery): Filters {
  const [yearFrom, yearTo] = inOrder(
    wholeNumber(query.year_from, FIRST_YEAR, LAST_YEAR),
    wholeNumber(query.year_to, FIRST_YEAR, LAST_YEAR),
  )
  const genres = all(query.genre)
    .map(genreKey)
    .filter((genre) => genre && genre.length <= LONGEST_QUERY)
  const order = all(query.sort)[0]
  return {
    q: [...(all(query.q)[0] ?? '').trim()].slice(0, LONGEST_QUERY).join(''),
    genres: [...new Set(genres)].slice(0, MOST_GENRES),
    yearFrom,
    yearTo,
    order: ORDER_NAMES.find((name) => name === order) ?? null,
    page: wholeNumber(query.page, 1, LAST_PAGE) ?? 1,
  }
}

/** The address of these filters; defaults are left out. */
export function toLocationQuery(filters: Filters): LocationQueryRaw {
  const isDefaultOrder = !filters.q && filters.order === DEFAULT_ORDER
  return {
    ...(filters.q && { q: filters.q }),
    ...(filters.genres.length > 0 && { genre: filters.genres }),
    ...(filters.yearFrom !== null && { year_from: String(filters.yearFrom) }),
    ...(filters.yearTo !== null && { year_to: String(filters.yearTo) }),
    ...(filters.order && !isDefaultOrder && { sort: filters.order }),
    ...(filters.page > 1 && { page: String(filters.page) }),
  }
}

/** The request for these filters. A genre is asked for by all of its names. */
export function toFilmQuery(filters: Filters): FilmQuery {
  const order = filters.order ?? (filters.q ? null : DEFAULT_ORDER)
  return {
    ...(filters.q && { q: filters.q }),
    ...(filters.genres.length > 0 && { genre: filters.genres.flatMap(genreNames) }),
    ...(filters.yearFrom !== null && { year_from: filters.yearFrom }),
    ...(filters.yearTo !== null && { year_to: filters.yearTo }),
    sort: order ? ORDERS[order] : 'relevance',
    page: filters.page,
    per_page: PER_PAGE,
  }
}
