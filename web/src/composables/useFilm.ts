import { useQuery } from '@tanstack/vue-query'
import { toValue, type MaybeRefOrGetter } from 'vue'
import { getFilm } from '@/api/client'

export function useFilm(id: MaybeRefOrGetter<number>) {
  return useQuery({
    queryKey: ['film', id],
    queryFn: ({ signal }) => getFilm(toValue(id), signal),
  })
}
