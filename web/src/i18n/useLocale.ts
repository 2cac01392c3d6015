import { useI18n } from 'vue-i18n'
import { capitalised, genreLabel } from './genres'
import { formatAge, formatCount, formatDuration, formatNumber, formatRating, formatSeconds } from './format'
import { locale } from './locale'

/** Words and formats of the visitor's language, for templates. */
export function useLocale() {
  const { t } = useI18n({ useScope: 'global' })
  return {
    t,
    locale,
    number: (value: number) => formatNumber(value, locale.value),
    count: (value: number) => formatCount(value, locale.value),
    seconds: (value: number) => formatSeconds(value, locale.value),
    rating: (value: number) => formatRating(value, locale.value),
    duration: (seconds: number) => formatDuration(seconds, locale.value),
    age: formatAge,
    genre: (value: string) => genreLabel(value, locale.value),
    Genre: (value: string) => capitalised(genreLabel(value, locale.value)),
  }
}
