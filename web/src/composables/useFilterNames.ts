import { useLocale } from '@/i18n/useLocale'
import { sourceName } from '@/i18n/sources'

const MINUTE = 60

/** What the choices of the filters are called; empty for none. */
export function useFilterNames() {
  const { t, number, duration, age } = useLocale()
  const time = (minutes: number) => duration(minutes * MINUTE)

  return {
    rating: (from: number | null) =>
      from === null
        ? ''
        : `${t('filter.rating').toLowerCase()} ${t('filter.ratingFrom', { rating: number(from) })}`,
    duration: (from: number | null, to: number | null) => {
      if (from !== null && to !== null) return t('filter.durationBetween', { from: time(from), to: time(to) })
      if (from !== null) return t('filter.durationFrom', { from: time(from) })
      return to === null ? '' : t('filter.durationUpTo', { to: time(to) })
    },
    age: (to: number | null) => (to === null ? '' : t('filter.ageTo', { age: age(to) })),
    source: sourceName,
  }
}
