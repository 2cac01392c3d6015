import { computed } from 'vue'
import { useLocale } from '@/i18n/useLocale'
import { useActiveFilters } from './useActiveFilters'
import { useFilters } from './useFilters'

const MORE = ['rating', 'duration', 'age', 'source', 'picture']

/** What the buttons of the filters say: each names what is chosen behind it. */
export function useFilterMenus() {
  const { filters } = useFilters()
  const { active, years } = useActiveFilters()
  const { t, number } = useLocale()

  const genres = computed(() => {
    const count = filters.value.genres.length + filters.value.withoutGenres.length
    const label = count > 0 ? t('filter.genresChosen', { count: number(count) }) : t('filter.genres')
    return { label, active: count > 0 }
  })
  const yearMenu = computed(() => ({
    label: years.value ? t('filter.yearsChosen', { years: years.value }) : t('filter.years'),
    active: years.value !== '',
  }))
  const more = computed(() => {
    const count = active.value.filter((filter) => MORE.includes(filter.id)).length
    const label = count > 0 ? t('filter.moreChosen', { count: number(count) }) : t('filter.more')
    return { label, active: count > 0 }
  })

  return { genres, years: yearMenu, more }
}
