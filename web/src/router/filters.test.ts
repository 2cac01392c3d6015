import { describe, expect, it } from 'vitest'
import { NO_FILTERS, parseFilters, toFilmQuery, toLocationQuery, type Filters } from './filters'

const chosen: Filters = {
  q: 'солнце',
  genres: ['drama', 'нечто своё'],
  yearFrom: 1950,
  yearTo: 1960,
  order: 'year',
  page: 3,
}

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

  it('cut what is too long', () => {
    expect(parseFilters({ q: '😀'.repeat(300) }).q).toBe('😀'.repeat(200))
  })
})

describe('the request', () => {
  it('asks for a genre by all of its names', () => {
    expect(toFilmQuery({ ...NO_FILTERS, genres: ['drama'] }).genre).toEqual(
      expect.arrayContaining(['drama', 'драма']),
    )
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
