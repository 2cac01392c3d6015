import { describe, expect, it, vi } from 'vitest'
import { json, stubNetwork } from '@/testing/network'
import { countFilms, getFilm, listFilms, suggestFilms } from './client'

const signal = new AbortController().signal

describe('the client', () => {
  it('repeats a parameter that has several values', async () => {
    const calls = stubNetwork(() => json({ items: [], page: { number: 1, size: 24 } }))
    await listFilms({ genre: ['a b', 'в'], sort: '-rating' }, signal)
    expect(calls[0]!.pathname).toBe('/api/v1/movies')
    expect(calls[0]!.searchParams.getAll('genre')).toEqual(['a b', 'в'])
  })

  it('asks for a film together with those like it', async () => {
    const calls = stubNetwork(() => json({ id: 7 }))
    await getFilm(7, signal)
    expect(calls[0]!.pathname + calls[0]!.search).toBe('/api/v1/movies/7?include=similar')
  })

  it('counts without asking for films', async () => {
    const calls = stubNetwork(() => json({ items: [], page: { size: 1 }, facets: { genre: [] } }))
    expect(await countFilms({ year_from: 1950 }, ['genre', 'source'], signal)).toEqual({ genre: [] })
    expect(calls[0]!.search).toBe('?year_from=1950&facets=genre%2Csource&fields=id&per_page=1&count=none')
  })

  it('asks for suggestions by the text as it was typed', async () => {
    const calls = stubNetwork(() => json({ items: [] }))
    await suggestFilms('c++ & я', signal)
    expect(calls[0]!.pathname).toBe('/api/v1/suggest')
    expect([...calls[0]!.searchParams]).toEqual([['q', 'c++ & я']])
  })

  it('says how long to wait', async () => {
    const busy = (after?: string) =>
      stubNetwork(() => json({}, { status: 429, headers: after ? { 'Retry-After': after } : {} }))
    busy('7')
    await expect(getFilm(1, signal)).rejects.toMatchObject({ kind: 'busy', retryAfter: 7 })
    for (const [advice, seconds] of [
      [undefined, 30],
      ['soon', 30],
      ['100000', 600],
    ] as const) {
      busy(advice)
      await expect(getFilm(1, signal)).rejects.toMatchObject({ retryAfter: seconds })
    }
  })

  it.each([
    [404, 'missing'],
    [400, 'refused'],
    [429, 'busy'],
    [500, 'server'],
    [503, 'server'],
  ])('turns status %i into “%s”', async (status, kind) => {
    const headers = { 'Content-Type': 'application/problem+json', 'X-Request-Id': 'r1' }
    stubNetwork(() => json({ title: 'x' }, { status, headers }))
    await expect(getFilm(1, signal)).rejects.toMatchObject({ kind, requestId: 'r1' })
  })

  it('tells a server that can’t be reached from a network that is gone', async () => {
    stubNetwork(() => Promise.reject(new TypeError('Failed to fetch')))
    await expect(getFilm(1, signal)).rejects.toMatchObject({ kind: 'unreachable' })
    vi.stubGlobal('navigator', { onLine: false })
    await expect(getFilm(1, signal)).rejects.toMatchObject({ kind: 'offline' })
  })

  it('takes an answer that is no JSON for a broken server', async () => {
    stubNetwork(() => new Response('<html>', { headers: { 'Content-Type': 'text/html' } }))
    await expect(getFilm(1, signal)).rejects.toMatchObject({ kind: 'server' })
  })
})
