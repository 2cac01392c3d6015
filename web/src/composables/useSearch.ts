import { onUnmounted, ref, watch } from 'vue'
import { useRoute } from 'vue-router'
import { useFilters } from './useFilters'

const PAUSE = 220

/**
 * The text of the search field. In the catalogue it searches as one types; elsewhere it waits for
 * Enter. The first letter makes a step in the history, the following ones refine it.
 */
export function useSearch() {
  const route = useRoute()
  const { filters, change } = useFilters()
  const text = ref(filters.value.q)
  let timer: ReturnType<typeof setTimeout> | undefined

  const search = () => {
    clearTimeout(timer)
    const q = text.value.trim()
    if (q === filters.value.q && route.name === 'catalogue') return
    void change({ q, exact: false }, { replace: Boolean(q && filters.value.q) })
  }

  const type = () => {
    clearTimeout(timer)
    timer = setTimeout(() => route.name === 'catalogue' && search(), PAUSE)
  }

  const clear = () => {
    text.value = ''
    if (filters.value.q) search()
  }

  /** Forgets what was typed: the visitor went to a film instead. */
  const leave = () => {
    clearTimeout(timer)
    text.value = ''
  }

  // The address wins when it changes by other means than typing here: a chip, Back.
  watch(
    () => filters.value.q,
    (q) => {
      if (q !== text.value.trim()) text.value = q
    },
  )
  onUnmounted(() => clearTimeout(timer))

  return { text, type, search, clear, leave }
}
