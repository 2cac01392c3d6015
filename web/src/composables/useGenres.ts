import { useQuery } from '@tanstack/vue-query'
import { computed } from 'vue'
import { listGenres } from '@/api/client'
import { genreOptions } from '@/i18n/genres'
import { locale } from '@/i18n/locale'

/** The genres one can filter by, named in the visitor's language. */
export function useGenres() {
  const query = useQuery({ queryKey: ['genres'], queryFn: ({ signal }) => listGenres(signal) })
  const options = computed(() => genreOptions(query.data.value ?? [], locale.value))
  return { options }
}
