import { useQuery } from '@tanstack/vue-query'
import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import { getFilm } from '@/api/client'
import { keys } from '@/api/pageData'

export function useFilm(id: MaybeRefOrGetter<number>) {
  return useQuery({
    queryKey: computed(() => keys.film(toValue(id))),
    queryFn: ({ signal }) => getFilm(toValue(id), signal),
  })
}
