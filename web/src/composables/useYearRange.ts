import { ref, watch } from 'vue'
import { parseYear } from '@/router/filters'
import { useFilters } from './useFilters'

const show = (year: number | null) => (year === null ? '' : String(year))

/** The two year fields; they reach the address when a whole year stands in them, or none. */
export function useYearRange() {
  const { filters, change } = useFilters()
  const from = ref('')
  const to = ref('')

  const reset = () => {
    from.value = show(filters.value.yearFrom)
    to.value = show(filters.value.yearTo)
  }
  watch(() => [filters.value.yearFrom, filters.value.yearTo], reset, { immediate: true })

  /** What is no year is taken back. */
  const apply = () => {
    const years = { yearFrom: parseYear(from.value), yearTo: parseYear(to.value) }
    if (years.yearFrom === filters.value.yearFrom && years.yearTo === filters.value.yearTo) reset()
    else void change(years)
  }

  return { from, to, apply }
}
