import { keepPreviousData, useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { countFilms, type FacetName } from '@/api/client'
import { toCriteria } from '@/router/filters'
import { useFilters } from './useFilters'

/**
 * How many films each choice would leave, for what is chosen now. Asked for by those who show it: a panel that is
 * closed costs nothing.
 */
export function useFacets(...names: FacetName[]) {
  const { filters } = useFilters()
  const criteria = computed(() => toCriteria(filters.value))
  const { data } = useQuery({
    queryKey: ['facets', names, criteria],
    queryFn: ({ signal }) => countFilms(criteria.value, names, signal),
    placeholderData: keepPreviousData,
  })
  return computed(() => data.value ?? {})
}
