import { keepPreviousData, useQuery } from '@tanstack/vue-query'
import { computed, onUnmounted, ref, useId } from 'vue'
import { suggestFilms, type Suggestion } from '@/api/client'

const PAUSE = 120

/** Whether one text is the other with letters added. */
const isOneTyping = (text: string, other: string) => text.startsWith(other) || other.startsWith(text)

/**
 * The films that a text brings to mind while it is typed, and the one that the arrow keys have chosen.
 * They are asked for after a pause; who types on gives up the older question. Without an answer there
 * is nothing to suggest, and nothing is said of it.
 */
export function useSuggestions() {
  const asked = ref('')
  const activeId = ref<number | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined

  const { data } = useQuery({
    queryKey: ['suggestions', asked],
    queryFn: async ({ signal }) => {
      const text = asked.value
      return { text, ...(await suggestFilms(text, signal)) }
    },
    enabled: () => asked.value !== '',
    placeholderData: keepPreviousData,
    retry: false,
  })
  // The list stays while the next one is on its way, but never comes back for another text.
  const shown = computed(() =>
    asked.value && data.value && isOneTyping(data.value.text, asked.value) ? data.value : null,
  )
  const suggestions = computed(() => shown.value?.items ?? [])
  const corrections = computed(() => shown.value?.corrections)
  const index = computed(() => suggestions.value.findIndex((film) => film.id === activeId.value))
  const active = computed(() => suggestions.value[index.value])

  /** Asks for this text, or for nothing. What the arrow keys chose was of an older text. */
  const suggest = (text: string) => {
    clearTimeout(timer)
    activeId.value = null
    const q = text.trim()
    if (q) timer = setTimeout(() => (asked.value = q), PAUSE)
    else asked.value = ''
  }
  const dismiss = () => suggest('')

  /** One on or back; between the last film and the first one stands the field itself. */
  const move = (step: 1 | -1) => {
    const places = suggestions.value.length + 1
    const place = (index.value + 1 + step + places) % places
    activeId.value = suggestions.value[place - 1]?.id ?? null
  }

  const listId = useId()
  const optionId = (film: Suggestion) => `${listId}-${film.id}`

  onUnmounted(() => clearTimeout(timer))

  return { suggestions, corrections, active, listId, optionId, suggest, dismiss, move }
}
