import { afterEach, describe, expect, it } from 'vitest'
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
  })

  it.each(['', 'no json', '{}', '{"target":"/movies/x?include=similar","data":1}', 'null'])(
    'is left alone where it makes no sense: %s',
    (content) => {
      expect(page(content).getQueryCache().getAll()).toEqual([])
    },
  )
})
