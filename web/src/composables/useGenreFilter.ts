import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import { capitalised, genreKey, genreLabel } from '@/i18n/genres'
import { useLocale } from '@/i18n/useLocale'
import { useFacets } from './useFacets'
import { useFilters } from './useFilters'

export interface GenreChoice {
  key: string
  label: string
  count: number
  chosen: boolean
  excluded: boolean
}

const toggled = (values: readonly string[], value: string) =>
  values.includes(value) ? values.filter((other) => other !== value) : [...values, value]

/** The genres that one can choose now, and those that were chosen even if no film is left of them. */
export function useGenreFilter(search: MaybeRefOrGetter<string>) {
  const { filters, change } = useFilters()
  const { locale } = useLocale()
  const facets = useFacets('genre')

  const all = computed<GenreChoice[]>(() => {
    const { genres, withoutGenres } = filters.value
    const counts = new Map(
      (facets.value.genre ?? []).map(({ value, count }) => [genreKey(value), { value, count }]),
    )
    for (const key of [...genres, ...withoutGenres]) {
      if (!counts.has(key)) counts.set(key, { value: key, count: 0 })
    }
    return [...counts].map(([key, { value, count }]) => ({
      key,
      label: capitalised(genreLabel(value, locale.value)),
      count,
      chosen: genres.includes(key),
      excluded: withoutGenres.includes(key),
    }))
  })

  const shown = computed(() => {
    const wanted = toValue(search).trim().toLowerCase()
    return all.value.filter((genre) => genre.label.toLowerCase().includes(wanted))
  })

  const toggle = (key: string) => {
    const { genres, withoutGenres } = filters.value
    void change({
      genres: toggled(genres, key),
      withoutGenres: withoutGenres.filter((other) => other !== key),
    })
  }
  const toggleWithout = (key: string) => {
    const { genres, withoutGenres } = filters.value
    void change({
      withoutGenres: toggled(withoutGenres, key),
      genres: genres.filter((other) => other !== key),
    })
  }

  return { all, shown, toggle, toggleWithout }
}
