import { describe, expect, it } from 'vitest'
import { NO_FILTERS, parseFilters, toFilmQueries, toLocationQuery, type Filters } from './filters'

const chosen: Filters = {
  q: 'солнце',
  exact: true,
  genres: ['drama', 'нечто своё'],
  withoutGenres: ['horror'],
  yearFrom: 1950,
  yearTo: 1960,
  ratingFrom: 7,
  durationFrom: 60,
  durationTo: 90,
  ageTo: 0,
  source: 'rutube',
  withPicture: true,
  order: 'year',
  pages: { first: 2, last: 4 },
  size: 48,
}

/** The request for the first page. */
const toFilmQuery = (filters: Filters) => toFilmQueries(filters)[0]!

describe('filters in the address', () => {
  it('come back as they went', () => {
    expect(parseFilters(toLocationQuery(chosen) as never)).toEqual(chosen)
    expect(parseFilters(toLocationQuery(NO_FILTERS) as never)).toEqual(NO_FILTERS)
  })

  it('leave out what is the default', () => {
    expect(toLocationQuery({ ...NO_FILTERS, order: 'rating' })).toEqual({})
  })

  it('keep the best rated order in a search, where it is not the default', () => {
    expect(toLocationQuery({ ...NO_FILTERS, q: 'a', order: 'rating' })).toEqual({ q: 'a', sort: 'rating' })
  })

  it.each([
    [{ page: '-1', year_from: '12', year_to: 'x', sort: 'evil', genre: '', q: '  ' }],
    [{ page: '1e3', year_from: ['', '1950'], year_to: null, sort: null, genre: null, q: null }],
    [{ page: '99999999', year_from: '99999', year_to: '1887.5' }],
    [{ page: '3-2', rating_from: '11', age_rating_to: '7', has_image: 'yes', per_page: '25', exact: '1' }],
    [{ page: '0-2', rating_from: '0', duration_from: '-5', duration_to: '1.5', genre_not: '' }],
  ])('ignore garbage %#', (query) => {
    expect(parseFilters(query)).toEqual(NO_FILTERS)
  })

  it('put the years in order', () => {
    expect(parseFilters({ year_from: '1990', year_to: '1980' })).toMatchObject({
      yearFrom: 1980,
      yearTo: 1990,
    })
  })

  it('know a genre by any of its names, once', () => {
    expect(parseFilters({ genre: ['Drama', 'драма', 'DRAMA'] }).genres).toEqual(['drama'])
  })

  it('show no more pages below each other than a browser bears', () => {
    expect(parseFilters({ page: '3-999' }).pages).toEqual({ first: 3, last: 14 })
  })

  it('never want and refuse the same genre', () => {
    expect(parseFilters({ genre: 'drama', genre_not: ['драма', 'war'] })).toMatchObject({
      genres: ['drama'],
      withoutGenres: ['war'],
    })
  })

  it('cut what is too long', () => {
    expect(parseFilters({ q: '😀'.repeat(300) }).q).toBe('😀'.repeat(200))
  })
})

describe('the request', () => {
  it('asks for each page that is shown', () => {
    expect(toFilmQueries(chosen).map(({ page }) => page)).toEqual([2, 3, 4])
  })

  it('asks for what was chosen, in the units of the API', () => {
    expect(toFilmQuery(chosen)).toEqual({
      q: 'солнце',
      genre: ['drama', 'нечто своё'],
      genre_not: ['horror'],
      year_from: 1950,
      year_to: 1960,
      rating_from: 7,
      duration_from: 3600,
      duration_to: 5399,
      age_rating_to: 0,
      source: 'rutube',
      has_image: true,
      sort: '-year',
      page: 2,
      per_page: 48,
    })
  })

  it('orders by rating, and a search by relevance', () => {
    expect(toFilmQuery(NO_FILTERS).sort).toBe('-rating')
    expect(toFilmQuery({ ...NO_FILTERS, q: 'a' }).sort).toBe('relevance')
    expect(toFilmQuery({ ...NO_FILTERS, q: 'a', order: 'title' }).sort).toBe('title')
  })

  it('leaves out what was not chosen', () => {
    expect(Object.keys(toFilmQuery(NO_FILTERS))).toEqual(['sort', 'page', 'per_page'])
  })
})
