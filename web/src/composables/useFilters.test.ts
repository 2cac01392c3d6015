import { flushPromises } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { run } from '@/testing/render'
import { useActiveFilters } from './useActiveFilters'
import { useFilters } from './useFilters'
import { useSearch } from './useSearch'
import { useYearRange } from './useYearRange'

describe('useFilters', () => {
  it('goes back to the first page when a filter changes', async () => {
    const { result, router } = await run(useFilters, { at: '/?genre=drama&page=5' })
    await result.change({ yearFrom: 1950 })
    expect(router.currentRoute.value.fullPath).toBe('/?genre=drama&year_from=1950')
  })
})

describe('useActiveFilters', () => {
  it('names each filter and all of them', async () => {
    const { result } = await run(useActiveFilters, {
      at: '/?genre=drama&genre=comedy&year_from=1950&year_to=1960',
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

describe('useYearRange', () => {
  it('takes years, and takes back what is none', async () => {
    const { result, router } = await run(useYearRange, { at: '/?year_from=1950' })
    result.to.value = '1960'
    result.apply()
    await flushPromises()
    expect(router.currentRoute.value.query).toEqual({ year_from: '1950', year_to: '1960' })
    result.to.value = '196x'
    result.apply()
    await flushPromises()
    expect(router.currentRoute.value.query).toEqual({ year_from: '1950' })
    expect(result.to.value).toBe('')
  })
})

describe('useSearch', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('waits for a pause in typing', async () => {
    const { result, router } = await run(useSearch)
    result.text.value = 'зер'
    result.type()
    await vi.advanceTimersByTimeAsync(100)
    expect(router.currentRoute.value.query.q).toBeUndefined()
    await vi.advanceTimersByTimeAsync(300)
    expect(router.currentRoute.value.query.q).toBe('зер')
  })

  it('follows the address', async () => {
    const { result, router } = await run(useSearch, { at: '/?q=зеркало' })
    expect(result.text.value).toBe('зеркало')
    await router.push('/')
    expect(result.text.value).toBe('')
  })

  it('does not call back who went to a film in the meantime', async () => {
    const { result, router } = await run(useSearch)
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
    expect(router.currentRoute.value.fullPath).toBe(`/?q=${encodeURIComponent('зеркало')}`)
  })
})
