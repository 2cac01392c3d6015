import { computed } from 'vue'
import { capitalised } from '@/i18n/genres'
import { useLocale } from '@/i18n/useLocale'
import { AGES, type Filters } from '@/router/filters'
import { useFacets } from './useFacets'
import { useFilterNames } from './useFilterNames'
import { useFilters } from './useFilters'

export interface Choice {
  key: string
  label: string
  /** Null: not counted. */
  count: number | null
  chosen: boolean
  change: Partial<Filters>
}

export interface ChoiceGroup {
  id: string
  label: string
  choices: Choice[]
}

const RATINGS = [5, 6, 7, 8, 9]
/** Minutes; the half hours that the API counts by. */
const DURATIONS: readonly (readonly [from: number | null, to: number | null])[] = [
  [null, 60],
  [60, 90],
  [90, 120],
  [120, null],
]
const MINUTE = 60

type Counts = readonly { value: number; count: number }[] | undefined

const sum = (counts: Counts, fits: (value: number) => boolean) =>
  (counts ?? []).reduce((total, { value, count }) => total + (fits(value) ? count : 0), 0)

/** The filters that need no list of their own: one choice of each kind. */
export function useMoreFilters() {
  const { filters, change } = useFilters()
  const { t } = useLocale()
  const names = useFilterNames()
  const facets = useFacets('rating', 'duration', 'age_rating', 'source')

  const any = (label: string, chosen: boolean, without: Partial<Filters>): Choice => ({
    key: '',
    label,
    count: null,
    chosen,
    change: without,
  })

  const rating = computed<ChoiceGroup>(() => ({
    id: 'rating',
    label: t('filter.rating'),
    choices: [
      any(t('filter.ratingAny'), filters.value.ratingFrom === null, { ratingFrom: null }),
      ...RATINGS.map((from) => ({
        key: String(from),
        label: capitalised(t('filter.ratingFrom', { rating: from })),
        count: sum(facets.value.rating, (value) => value >= from),
        chosen: filters.value.ratingFrom === from,
        change: { ratingFrom: from },
      })),
    ],
  }))

  const duration = computed<ChoiceGroup>(() => {
    const { durationFrom, durationTo } = filters.value
    return {
      id: 'duration',
      label: t('filter.duration'),
      choices: [
        any(t('filter.durationAny'), durationFrom === null && durationTo === null, {
          durationFrom: null,
          durationTo: null,
        }),
        ...DURATIONS.map(([from, to]) => ({
          key: `${from}-${to}`,
          label: capitalised(names.duration(from, to)),
          count: sum(
            facets.value.duration,
            (value) => value >= (from ?? 0) * MINUTE && value < (to ?? Infinity) * MINUTE,
          ),
          chosen: durationFrom === from && durationTo === to,
          change: { durationFrom: from, durationTo: to },
        })),
      ],
    }
  })

  const age = computed<ChoiceGroup>(() => ({
    id: 'age',
    label: t('filter.age'),
    choices: [
      any(t('filter.ageAny'), filters.value.ageTo === null, { ageTo: null }),
      ...AGES.map((to) => ({
        key: String(to),
        label: capitalised(names.age(to)),
        count: sum(facets.value.age_rating, (value) => value <= to),
        chosen: filters.value.ageTo === to,
        change: { ageTo: to },
      })),
    ],
  }))

  const source = computed<ChoiceGroup>(() => ({
    id: 'source',
    label: t('filter.source'),
    choices: [
      any(t('filter.sourceAny'), filters.value.source === '', { source: '' }),
      ...(facets.value.source ?? []).map(({ value, count }) => ({
        key: value,
        label: names.source(value),
        count,
        chosen: filters.value.source === value,
        change: { source: value },
      })),
    ],
  }))

  /** A group of which no film knows anything is left out, unless something is chosen in it. */
  const groups = computed(() =>
    [rating.value, duration.value, age.value, source.value].filter(
      ({ choices }) =>
        choices.slice(1).some((choice) => choice.count) || choices.slice(1).some((choice) => choice.chosen),
    ),
  )

  const withPicture = computed({
    get: () => filters.value.withPicture,
    set: (withPicture) => void change({ withPicture }),
  })

  return { groups, withPicture, change }
}
