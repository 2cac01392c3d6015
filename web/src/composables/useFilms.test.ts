import { flushPromises } from '@vue/test-utils'
import { describe, expect, it } from 'vitest'
import { ref } from 'vue'
import type { FilmQuery } from '@/api/client'
import { film, filmPage } from '@/testing/films'
import { json, stubNetwork } from '@/testing/network'
import { run } from '@/testing/render'
import { useFilms } from './useFilms'

describe('useFilms', () => {
  it('fetches anew when the question changes, and keeps the old answer until then', async () => {
    const calls = stubNetwork((url) => json(filmPage([film({ title: url.searchParams.get('q') ?? '' })])))
    const query = ref<FilmQuery>({ q: 'первый' })
    const { result } = await run(() => useFilms(() => [query.value]))
    const title = () => result.list.value?.films[0]?.title
    await expect.poll(title).toBe('первый')
    expect(result.isOld.value).toBe(false)

    query.value = { q: 'второй' }
    await flushPromises()
    expect(title()).toBeDefined()
    await expect.poll(title).toBe('второй')
    expect(calls).toHaveLength(2)
  })

  it('tries once more when that may help', async () => {
    const calls = stubNetwork(() => json({}, { status: 503 }))
    const { result } = await run(() => useFilms([{}]))
    await expect.poll(() => result.error.value?.kind, { timeout: 3000 }).toBe('server')
    expect(calls).toHaveLength(2)
  })

  it('takes a refusal for an answer', async () => {
    const calls = stubNetwork(() => json({}, { status: 400 }))
    const { result } = await run(() => useFilms([{}]))
    await expect.poll(() => result.error.value?.kind).toBe('refused')
    expect(calls).toHaveLength(1)
  })

  it('puts pages below each other, without a film twice', async () => {
    const pages: Record<string, number[]> = { 1: [1, 2], 2: [2, 3], 3: [4] }
    stubNetwork((url) => {
      const ids = pages[url.searchParams.get('page') ?? ''] ?? []
      return json(filmPage(ids.map((id) => film({ id }))))
    })
    const { result } = await run(() => useFilms([{ page: 1 }, { page: 2 }, { page: 3 }]))
    await expect.poll(() => result.list.value?.films.map(({ id }) => id)).toEqual([1, 2, 3, 4])
  })

  it('keeps what is there when a page below fails, and asks for that one again', async () => {
    let works = false
    stubNetwork((url) =>
      url.searchParams.get('page') === '2' && !works ? json({}, { status: 400 }) : json(filmPage([film()])),
    )
    const { result } = await run(() => useFilms([{ page: 1 }, { page: 2 }]))
    await expect.poll(() => result.error.value?.kind).toBe('refused')
    expect(result.list.value?.films).toHaveLength(1)
    expect(result.isOld.value).toBe(false)
    works = true
    result.retry()
    await expect.poll(() => result.error.value).toBeNull()
  })
})
