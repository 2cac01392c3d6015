import { computed, ref, watch } from 'vue'
import { parseYear } from '@/router/filters'
import { useFacets } from './useFacets'
import { useFilters } from './useFilters'

const DECADE = 10

const show = (year: number | null) => (year === null ? '' : String(year))

export interface Decade {
  from: number
  to: number
  count: number
  /** Of the highest bar, 0 to 1. */
  share: number
  chosen: boolean
}

/** The range of years: by decades, by a slider, and by two fields, which say the same. */
export function useYearFilter() {
  const { filters, change } = useFilters()
  const facets = useFacets('decade')
  const thisYear = new Date().getFullYear()

  const bounds = computed(() => {
    const decades = facets.value.decade ?? []
    const first = Math.min(thisYear, ...decades.map(({ value }) => value))
    const last = Math.max(thisYear, ...decades.map(({ value }) => value))
    return { first, last }
  })

  const decades = computed<Decade[]>(() => {
    const counts = new Map((facets.value.decade ?? []).map(({ value, count }) => [value, count]))
    const highest = Math.max(1, ...counts.values())
    const from = Math.floor(bounds.value.first / DECADE)
    const to = Math.floor(bounds.value.last / DECADE)
    const { yearFrom, yearTo } = filters.value
    return Array.from({ length: to - from + 1 }, (_, index) => {
      const first = (from + index) * DECADE
      const last = first + DECADE - 1
      const count = counts.get(first) ?? 0
      const chosen = (yearFrom ?? first) <= last && (yearTo ?? last) >= first
      return { from: first, to: last, count, share: count / highest, chosen }
    })
  })

  // What is being typed or dragged; it reaches the address when it is done.
  const fields = ref({ from: '', to: '' })
  const reset = () => {
    fields.value = { from: show(filters.value.yearFrom), to: show(filters.value.yearTo) }
  }
  watch(() => [filters.value.yearFrom, filters.value.yearTo], reset, { immediate: true })

  /** The ends of the slider are no limits. */
  const drag = ([from, to]: number[]) => {
    const { first, last } = bounds.value
    fields.value = {
      from: from === first || from === undefined ? '' : String(from),
      to: to === last || to === undefined ? '' : String(to),
    }
  }
  const slider = computed({
    get: () => [
      parseYear(fields.value.from) ?? bounds.value.first,
      parseYear(fields.value.to) ?? bounds.value.last,
    ],
    set: (years) => drag(years),
  })

  const choose = (yearFrom: number | null, yearTo: number | null) => void change({ yearFrom, yearTo })

  /** What is no year is taken back. */
  const apply = () => {
    const [from, to] = [parseYear(fields.value.from), parseYear(fields.value.to)]
    if (from === filters.value.yearFrom && to === filters.value.yearTo) reset()
    else choose(from, to)
  }

  const drop = (years: number[]) => {
    drag(years)
    apply()
  }

  return { bounds, decades, fields, slider, drop, choose, apply }
}
