import { describe, expect, it } from 'vitest'
import { genreKey, genreLabel } from './genres'

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
})
