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
    const { result } = await run(() => useFilms(query))
    await expect.poll(() => result.data.value?.items[0]?.title).toBe('первый')

    query.value = { q: 'второй' }
    await flushPromises()
    expect(result.data.value?.items[0]?.title).toBeDefined()
    await expect.poll(() => result.data.value?.items[0]?.title).toBe('второй')
    expect(calls).toHaveLength(2)
  })

  it('tries once more when that may help', async () => {
    const calls = stubNetwork(() => json({}, { status: 503 }))
    const { result } = await run(() => useFilms({}))
    await expect.poll(() => result.error.value?.kind, { timeout: 3000 }).toBe('server')
    expect(calls).toHaveLength(2)
  })

  it('takes a refusal for an answer', async () => {
    const calls = stubNetwork(() => json({}, { status: 400 }))
    const { result } = await run(() => useFilms({}))
    await expect.poll(() => result.error.value?.kind).toBe('refused')
    expect(calls).toHaveLength(1)
  })
})
