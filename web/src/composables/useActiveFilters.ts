import { computed } from 'vue'
import { formatYears } from '@/i18n/format'
import { capitalised } from '@/i18n/genres'
import { useLocale } from '@/i18n/useLocale'
import type { Filters } from '@/router/filters'
import { useFilters } from './useFilters'

export interface ActiveFilter {
  id: string
  /** Stands by itself: on a chip, in the heading. The search text is in quotation marks there. */
  label: string
  /** For sentences that put it in quotation marks of their own. */
  name: string
  /** The change that takes this filter away. */
  without: Partial<Filters>
}

/** The chosen filters one by one, each with its name and what removes it. */
export function useActiveFilters() {
  const { filters } = useFilters()
  const { t, genre } = useLocale()

  const years = computed(() => {
    const { yearFrom, yearTo } = filters.value
    if (yearFrom !== null && yearTo !== null) return formatYears(yearFrom, yearTo)
    if (yearFrom !== null) return t('filter.since', { year: yearFrom })
    return yearTo === null ? '' : t('filter.until', { year: yearTo })
  })

  const active = computed<ActiveFilter[]>(() => {
    const { q, genres } = filters.value
    return [
      ...(q ? [{ id: 'q', label: t('catalogue.query', { text: q }), name: q, without: { q: '' } }] : []),
      ...genres.map((value) => ({
        id: `genre:${value}`,
        label: genre(value),
        name: genre(value),
        without: { genres: genres.filter((other) => other !== value) },
      })),
      ...(years.value
        ? [{ id: 'years', label: years.value, name: years.value, without: { yearFrom: null, yearTo: null } }]
        : []),
    ]
  })

  /** What the catalogue shows, in words. */
  const heading = computed(() =>
    active.value.length > 0
      ? capitalised(active.value.map((filter) => filter.label).join(', '))
      : t('catalogue.all'),
  )

  return { active, heading }
}
