import { keepPreviousData, useQuery } from '@tanstack/vue-query'
import { computed, onUnmounted, ref } from 'vue'
import { suggestFilms } from '@/api/client'

const PAUSE = 120

/** Whether one text is the other with letters added. */
const isOneTyping = (text: string, other: string) => text.startsWith(other) || other.startsWith(text)

/**
 * The films that a text brings to mind while it is typed. They are asked for after a pause; who types on
 * gives up the older question. Without an answer there is nothing to suggest, and nothing is said of it.
 */
export function useSuggestions() {
  const asked = ref('')
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

  /** Asks for this text, or for nothing. */
  const suggest = (text: string) => {
    clearTimeout(timer)
    const q = text.trim()
    if (q) timer = setTimeout(() => (asked.value = q), PAUSE)
    else asked.value = ''
  }
  const dismiss = () => suggest('')

  onUnmounted(() => clearTimeout(timer))

  return { suggestions, corrections, suggest, dismiss }
}
