import { computed } from 'vue'
import { formatYears } from '@/i18n/format'
import { capitalised } from '@/i18n/genres'
import { useLocale } from '@/i18n/useLocale'
import { NO_FILTERS, type Filters } from '@/router/filters'
import { useFilters } from './useFilters'
import { useFilterNames } from './useFilterNames'

export interface ActiveFilter {
  id: string
  /** Stands by itself: on a chip, in the heading. The search text is in quotation marks there. */
  label: string
  /** For sentences that put it in quotation marks of their own. */
  name: string
  /** The change that takes this filter away. */
  without: Partial<Filters>
}

const { yearFrom, yearTo, ratingFrom, durationFrom, durationTo, ageTo, source, withPicture } = NO_FILTERS

/** The chosen filters one by one, each with its name and what removes it. */
export function useActiveFilters() {
  const { filters } = useFilters()
  const { t, genre } = useLocale()
  const names = useFilterNames()

  const years = computed(() => {
    const { yearFrom: from, yearTo: to } = filters.value
    if (from !== null && to !== null) return formatYears(from, to)
    if (from !== null) return t('filter.since', { year: from })
    return to === null ? '' : t('filter.until', { year: to })
  })

  const one = (id: string, label: string, without: Partial<Filters>): ActiveFilter[] =>
    label ? [{ id, label, name: label, without }] : []

  const active = computed<ActiveFilter[]>(() => {
    const { q, genres, withoutGenres } = filters.value
    return [
      ...(q
        ? [{ id: 'q', label: t('catalogue.query', { text: q }), name: q, without: { q: '', exact: false } }]
        : []),
      ...genres.flatMap((value) =>
        one(`genre:${value}`, genre(value), { genres: genres.filter((other) => other !== value) }),
      ),
      ...withoutGenres.flatMap((value) =>
        one(`genre_not:${value}`, t('filter.without', { genre: genre(value) }), {
          withoutGenres: withoutGenres.filter((other) => other !== value),
        }),
      ),
      ...one('years', years.value, { yearFrom, yearTo }),
      ...one('rating', names.rating(filters.value.ratingFrom), { ratingFrom }),
      ...one('duration', names.duration(filters.value.durationFrom, filters.value.durationTo), {
        durationFrom,
        durationTo,
      }),
      ...one('age', names.age(filters.value.ageTo), { ageTo }),
      ...one('source', filters.value.source && names.source(filters.value.source), { source }),
      ...one('picture', filters.value.withPicture ? t('filter.withPictureShort') : '', { withPicture }),
    ]
  })

  /** What the catalogue shows, in words. */
  const heading = computed(() =>
    active.value.length > 0
      ? capitalised(active.value.map((filter) => filter.label).join(', '))
      : t('catalogue.all'),
  )

  return { active, heading, years }
}
