import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { filmPage } from '@/testing/films'
import { json, stubNetwork } from '@/testing/network'
import { run } from '@/testing/render'
import { useActiveFilters } from './useActiveFilters'
import { useFilters } from './useFilters'
import { useGenreFilter, type GenreChoice } from './useGenreFilter'
import { useMoreFilters } from './useMoreFilters'
import { useSearch } from './useSearch'
import { useYearFilter } from './useYearFilter'

describe('useFilters', () => {
  it('goes back to the first page when a filter changes', async () => {
    const { result, router } = await run(useFilters, { at: '/films?genre=drama&page=5' })
    await result.change({ yearFrom: 1950 })
    expect(router.currentRoute.value.fullPath).toBe('/films?genre=drama&year_from=1950')
  })
})

describe('useGenreFilter', () => {
  const opened = (at: string) => {
    const genre = [
      { value: 'Drama', count: 9 },
      { value: 'комедия', count: 5 },
    ]
    stubNetwork(() => json({ ...filmPage([]), facets: { genre } }))
    return run(() => useGenreFilter(''), { at })
  }
  const named = (genres: GenreChoice[]) =>
    genres.map(({ label, count, chosen, excluded }) => [label, count, chosen, excluded])

  it('counts what each genre would show, and keeps a chosen one that has no films', async () => {
    const { result } = await opened('/films?genre=drama&genre_not=western')
    await expect
      .poll(() => named(result.all.value))
      .toEqual([
        ['Драма', 9, true, false],
        ['Комедия', 5, false, false],
        ['Вестерн', 0, false, true],
      ])
  })

  it('never wants and refuses the same genre', async () => {
    const { result, router } = await opened('/films?genre=drama')
    result.toggleWithout('drama')
    await flushPromises()
    expect(router.currentRoute.value.query).toEqual({ genre_not: ['drama'] })
    result.toggle('drama')
    await flushPromises()
    expect(router.currentRoute.value.query).toEqual({ genre: ['drama'] })
    result.toggle('drama')
    await flushPromises()
    expect(router.currentRoute.value.query).toEqual({})
  })
})

describe('useMoreFilters', () => {
  it('adds up what a choice would show, and leaves out what no film knows', async () => {
    const facets = {
      rating: [
        { value: 5, count: 1 },
        { value: 8, count: 4 },
        { value: 9, count: 2 },
      ],
      duration: [
        { value: 1800, count: 3 },
        { value: 5400, count: 7 },
        { value: 9000, count: 1 },
      ],
      age_rating: [],
      source: [{ value: 'rutube', count: 15 }],
    }
    stubNetwork(() => json({ ...filmPage([]), facets }))
    const { result } = await run(useMoreFilters, { at: '/films?rating_from=8' })
    await expect.poll(() => result.groups.value.map(({ id }) => id)).toEqual(['rating', 'duration', 'source'])
    const [rating, duration] = result.groups.value.map(({ choices }) => choices.map(({ count }) => count))
    expect(rating).toEqual([null, 7, 6, 6, 6, 2])
    expect(duration).toEqual([null, 3, 0, 7, 1])
    expect(result.groups.value[0]!.choices.find(({ chosen }) => chosen)?.label).toBe('От 8')
  })
})

describe('useActiveFilters', () => {
  it('has a chip for each kind of filter', async () => {
    const at =
      '/films?q=лес&genre_not=drama&rating_from=7&duration_from=60&duration_to=90&age_rating_to=12&source=rutube&has_image=true'
    const { result } = await run(useActiveFilters, { at })
    expect(result.active.value.map(({ label }) => label.replaceAll('\u00a0', ' '))).toEqual([
      '«лес»',
      'без: драма',
      'оценка от 7',
      '1 ч – 1 ч 30 мин',
      'до 12+',
      'Rutube',
      'с изображением',
    ])
  })

  it('names each filter and all of them', async () => {
    const { result } = await run(useActiveFilters, {
      at: '/films?genre=drama&genre=comedy&year_from=1950&year_to=1960',
    })
    expect(result.active.value.map((filter) => filter.label)).toEqual(['драма', 'комедия', '1950–1960'])
    expect(result.heading.value).toBe('Драма, комедия, 1950–1960')
    expect(result.active.value[0]!.without).toEqual({ genres: ['comedy'] })
  })

  it('has a name for no filters too', async () => {
    const { result } = await run(useActiveFilters)
    expect(result.heading.value).toBe('Все фильмы')
  })
})

describe('useYearFilter', () => {
  const decades = [
    { value: 1950, count: 10 },
    { value: 1970, count: 40 },
  ]
  const opened = (at: string) => {
    stubNetwork(() => json({ ...filmPage([]), facets: { decade: decades } }))
    return run(useYearFilter, { at })
  }

  it('takes years, and takes back what is none', async () => {
    const { result, router } = await opened('/films?year_from=1950')
    result.fields.value.to = '1960'
    result.apply()
    await flushPromises()
    expect(router.currentRoute.value.query).toEqual({ year_from: '1950', year_to: '1960' })
    result.fields.value.to = '196x'
    result.apply()
    await flushPromises()
    expect(router.currentRoute.value.query).toEqual({ year_from: '1950' })
    expect(result.fields.value.to).toBe('')
  })

  it('shows every decade from the first film on, and which of them are chosen', async () => {
    const { result } = await opened('/films?year_from=1965&year_to=1979')
    await expect.poll(() => result.decades.value[0]?.from).toBe(1950)
    expect(result.decades.value.slice(0, 3)).toMatchObject([
      { from: 1950, to: 1959, count: 10, share: 0.25, chosen: false },
      { from: 1960, to: 1969, count: 0, share: 0, chosen: true },
      { from: 1970, to: 1979, count: 40, share: 1, chosen: true },
    ])
  })

  it('takes the ends of the slider for no limit', async () => {
    const { result, router } = await opened('/films?year_from=1960')
    await expect.poll(() => result.bounds.value.first).toBe(1950)
    result.drop([1950, 1990])
    await flushPromises()
    expect(router.currentRoute.value.query).toEqual({ year_to: '1990' })
  })
})

describe('useSearch', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('waits for a pause in typing', async () => {
    const { result, router } = await run(useSearch, { at: '/films' })
    result.text.value = 'зер'
    result.type()
    await vi.advanceTimersByTimeAsync(100)
    expect(router.currentRoute.value.query.q).toBeUndefined()
    await vi.advanceTimersByTimeAsync(300)
    expect(router.currentRoute.value.query.q).toBe('зер')
  })

  it('follows the address', async () => {
    const { result, router } = await run(useSearch, { at: '/films?q=зеркало' })
    expect(result.text.value).toBe('зеркало')
    await router.push('/films')
    expect(result.text.value).toBe('')
  })

  it('does not call back who went to a film in the meantime', async () => {
    const { result, router } = await run(useSearch, { at: '/films' })
    result.text.value = 'зер'
    result.type()
    await router.push('/films/7')
    await vi.advanceTimersByTimeAsync(1000)
    expect(router.currentRoute.value.fullPath).toBe('/films/7')
  })

  it('waits for Enter on a film’s page', async () => {
    const { result, router } = await run(useSearch, { at: '/films/7' })
    result.text.value = 'зеркало'
    result.type()
    await vi.advanceTimersByTimeAsync(1000)
    expect(router.currentRoute.value.name).toBe('film')
    result.search()
    await vi.advanceTimersByTimeAsync(0)
    expect(router.currentRoute.value.fullPath).toBe(`/films?q=${encodeURIComponent('зеркало')}`)
  })
})
