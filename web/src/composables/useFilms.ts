import { useQueries } from '@tanstack/vue-query'
import { computed, shallowRef, toValue, watch, type MaybeRefOrGetter } from 'vue'
import { listFilms, type Corrections, type FilmPage, type FilmQuery, type FilmSummary } from '@/api/client'
import { keys } from '@/api/pageData'

interface FilmList {
  films: FilmSummary[]
  total: number | undefined
  /** How many pages there are. */
  pages: number | undefined
  corrections: Corrections | undefined
}

/** A film that moved to the next page meanwhile would stand there twice. */
const unique = (films: FilmSummary[]) => [...new Map(films.map((film) => [film.id, film])).values()]

function joined(pages: readonly FilmPage[]): FilmList | null {
  const last = pages.at(-1)
  if (!last) return null
  return {
    films: unique(pages.flatMap((page) => page.items)),
    total: last.page.total,
    pages: last.page.pages,
    corrections: last.corrections,
  }
}

/** The pages from the first one to the last one that is there, without a gap. */
function leading(pages: readonly (FilmPage | undefined)[]): FilmPage[] {
  const gap = pages.indexOf(undefined)
  return (gap < 0 ? pages : pages.slice(0, gap)) as FilmPage[]
}

/** Pages of films, one below the other. While the answer to another question is on its way, the old one stays. */
export function useFilms(queries: MaybeRefOrGetter<readonly FilmQuery[]>) {
  const results = useQueries({
    queries: computed(() =>
      toValue(queries).map((query) => ({
        queryKey: keys.films(query),
        queryFn: ({ signal }: { signal: AbortSignal }) => listFilms(query, signal),
      })),
    ),
  })

  const there = computed(() => leading(results.value.map((result) => result.data)))
  const current = computed(() => joined(there.value))
  const latest = shallowRef<FilmList | null>(null)
  watch(current, (list) => (latest.value = list ?? latest.value), { immediate: true, flush: 'sync' })

  const failed = computed(() => results.value.find((result) => result.error && !result.data))
  const error = computed(
    () => (failed.value?.error as import('@/api/failure').ApiFailure | undefined) ?? null,
  )
  const missing = computed(() => there.value.length < results.value.length)

  return {
    list: computed(() => current.value ?? latest.value),
    /** No answer to this question yet; `list` is that of another one, if there is any. */
    isOld: computed(() => current.value === null),
    /** A page below the ones that are there is on its way. */
    isAdding: computed(() => current.value !== null && missing.value && !failed.value),
    isFetching: computed(() => results.value.some((result) => result.isFetching)),
    error,
    retry: () => void results.value.filter((result) => result.error).forEach((result) => result.refetch()),
  }
}
