import { describe, expect, it, vi } from 'vitest'
import { json, stubNetwork } from '@/testing/network'
import { getFilm, listFilms, listGenres, suggestFilms } from './client'

const signal = new AbortController().signal

describe('the client', () => {
  it('repeats a parameter that has several values', async () => {
    const calls = stubNetwork(() => json({ items: [], page: { number: 1, size: 24 } }))
    await listFilms({ genre: ['a b', 'в'], sort: '-rating' }, signal)
    expect(calls[0]!.pathname).toBe('/api/v1/movies')
    expect(calls[0]!.searchParams.getAll('genre')).toEqual(['a b', 'в'])
  })

  it('gives the names of genres', async () => {
    stubNetwork(() => json({ items: [{ value: 'Drama', count: 3 }] }))
    expect(await listGenres(signal)).toEqual(['Drama'])
  })

  it('asks for suggestions by the text as it was typed', async () => {
    const calls = stubNetwork(() => json({ items: [] }))
    await suggestFilms('c++ & я', signal)
    expect(calls[0]!.pathname).toBe('/api/v1/suggest')
    expect([...calls[0]!.searchParams]).toEqual([['q', 'c++ & я']])
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
