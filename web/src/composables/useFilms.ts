import { keepPreviousData, useQuery } from '@tanstack/vue-query'
import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import { listFilms, type FilmQuery } from '@/api/client'

/** A page of films; while the next one is on its way, the previous one stays. */
export function useFilms(query: MaybeRefOrGetter<FilmQuery>, enabled: MaybeRefOrGetter<boolean> = true) {
  return useQuery({
    queryKey: ['films', computed(() => toValue(query))],
    queryFn: ({ signal }) => listFilms(toValue(query), signal),
    placeholderData: keepPreviousData,
    enabled,
  })
}
