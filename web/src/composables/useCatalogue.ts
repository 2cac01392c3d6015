import { computed } from 'vue'
import { useLocale } from '@/i18n/useLocale'
import { toFilmQueries } from '@/router/filters'
import { useFilms } from './useFilms'
import { useFilters } from './useFilters'

/** What the catalogue shows for the filters in the address. */
export function useCatalogue() {
  const { t, number } = useLocale()
  const { filters } = useFilters()
  const { list, isOld, isAdding, isFetching, error, retry } = useFilms(() => toFilmQueries(filters.value))

  /** The text that was searched for instead. */
  const correction = computed(() => list.value?.corrections?.q ?? null)
  /** A corrected search has found nothing by the text as it stands, and that is what was asked for. */
  const isRefused = computed(() => filters.value.exact && correction.value !== null)
  const total = computed(() => (isRefused.value ? 0 : list.value?.total))

  /** For those who do not see it. */
  const summary = computed(() => {
    if (error.value && isOld.value) return ''
    if (isOld.value || total.value === undefined) return t('catalogue.loading')
    if (total.value === 0) return t('empty.title')
    const count = t('catalogue.found', { total: number(total.value) }, total.value)
    return correction.value ? `${count}. ${t('search.corrected', { text: correction.value })}` : count
  })

  return { list, total, error, isOld, isAdding, isFetching, correction, summary, retry }
}
