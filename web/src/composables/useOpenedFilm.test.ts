import { beforeEach, describe, expect, it } from 'vitest'
import { ref } from 'vue'
import type { Film } from '@/api/client'
import { ApiFailure } from '@/api/failure'
import { film } from '@/testing/films'
import { stubNetwork } from '@/testing/network'
import { run } from '@/testing/render'
import { useOpenedFilm } from './useOpenedFilm'
import { useRecentFilms } from './useRecentFilms'

const counted = (calls: URL[]) => calls.map((url) => url.pathname)

describe('an opened film', () => {
  beforeEach(() => {
    sessionStorage.clear()
    useRecentFilms().clear()
  })

  it('is remembered, and counted once', async () => {
    const calls = stubNetwork(() => new Response(null, { status: 202 }))
    const opened = film({ id: 5 }) as Film
    await run(() => useOpenedFilm(5, opened, null))
    await run(() => useOpenedFilm(5, opened, null))
    expect(useRecentFilms().films.value.map(({ id }) => id)).toEqual([5])
    expect(counted(calls)).toEqual(['/api/v1/movies/5/views'])
  })

  it('is forgotten when it has left the catalogue, and not when the server fails', async () => {
    stubNetwork(() => new Response(null, { status: 202 }))
    useRecentFilms().add(film({ id: 5 }))
    const error = ref<ApiFailure | null>(null)
    await run(() => useOpenedFilm(5, undefined, error))
    error.value = new ApiFailure('server')
    await expect.poll(() => useRecentFilms().films.value.length).toBe(1)
    error.value = new ApiFailure('missing')
    await expect.poll(() => useRecentFilms().films.value.length).toBe(0)
  })
})
