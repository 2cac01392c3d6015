import { describe, expect, it } from 'vitest'
import { genreKey, genreLabel, genreNames, genreOptions } from './genres'

describe('genres', () => {
  it('are named in the visitor’s language when we know how', () => {
    expect(genreLabel('Drama', 'ru')).toBe('драма')
    expect(genreLabel('драма', 'en')).toBe('drama')
    expect(genreLabel('Kaiju', 'ru')).toBe('Kaiju')
  })

  it('have one key for all their names', () => {
    expect(genreKey('Драма')).toBe(genreKey('drama'))
    expect(genreKey('Kaiju')).toBe('kaiju')
  })

  it('are asked for by every name, and an unknown one by its own', () => {
    expect(genreNames('drama')).toContain('драма')
    expect(genreNames('Kaiju')).toEqual(['Kaiju'])
  })

  it('are offered once, in the catalogue’s order', () => {
    expect(genreOptions(['Комедия', 'Drama', 'comedy', 'kaiju'], 'ru').map((option) => option.label)).toEqual(
      ['Комедия', 'Драма', 'Kaiju'],
    )
  })
})
