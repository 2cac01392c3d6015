import { afterEach, describe, expect, it } from 'vitest'
import { NO_FILTERS, toFilmQueries } from '@/router/filters'
import { onePage } from '@/router/pages'
import { createCache } from './cache'
import { keys, takePageData } from './pageData'

function page(content: string) {
  const element = document.createElement('script')
  element.id = 'page-data'
  element.type = 'application/json'
  element.textContent = content
  document.body.append(element)
  const cache = createCache()
  takePageData(cache)
  return cache
}

describe('what came with the page', () => {
  afterEach(() => document.getElementById('page-data')?.remove())

  it('needs not be asked for', () => {
    const film = page('{"target":"/movies/7?include=similar","data":{"id":7}}')
    expect(film.getQueryData(keys.film(7))).toEqual({ id: 7 })
    document.getElementById('page-data')?.remove()
    const home = page('{"target":"/home","data":{"sections":[]}}')
    expect(home.getQueryData(keys.home())).toEqual({ sections: [] })
    document.getElementById('page-data')?.remove()
    const target = '/movies?genre=drama&genre=a%26b&sort=-rating&page=2&per_page=24'
    const list = page(`{"target":"${target}","data":{"items":[]}}`)
    const filters = { ...NO_FILTERS, genres: ['drama', 'a&b'], pages: onePage(2) }
    expect(list.getQueryData(keys.films(toFilmQueries(filters)[0]!))).toEqual({ items: [] })
  })

  it.each(['', 'no json', '{}', '{"target":"/movies/x?include=similar","data":1}', 'null'])(
    'is left alone where it makes no sense: %s',
    (content) => {
      expect(page(content).getQueryCache().getAll()).toEqual([])
    },
  )
})
