import { computed, ref } from 'vue'
import type { Suggestion } from '@/api/client'
import { useListbox } from './useListbox'
import { useRecentSearches } from './useRecentSearches'
import { useSuggestions } from './useSuggestions'

/** A line of the list under the search field: a film to open, or a text to search for again. */
export type SearchOption = { key: string; film: Suggestion } | { key: string; text: string }

/** What opens under the search field: films for what is being typed, recent searches while it is empty. */
export function useSearchOptions() {
  const { suggestions, corrections, suggest, dismiss } = useSuggestions()
  const { searches, add, clear } = useRecentSearches()
  const showsRecent = ref(false)

  const options = computed<SearchOption[]>(() =>
    showsRecent.value
      ? searches.value.map((text) => ({ key: `search:${text}`, text }))
      : suggestions.value.map((film) => ({ key: `film:${film.id}`, film })),
  )
  const list = useListbox(() => options.value.map((option) => option.key))
  const active = computed(() => options.value.find((option) => option.key === list.active.value))

  /** Opens what there is for this text. */
  const offer = (text: string) => {
    list.reset()
    showsRecent.value = text.trim() === ''
    suggest(text)
  }
  const close = () => {
    list.reset()
    showsRecent.value = false
    dismiss()
  }

  return {
    options,
    active,
    corrections,
    showsRecent,
    listId: list.listId,
    move: list.move,
    optionId: list.optionId,
    offer,
    close,
    remember: add,
    forget: () => {
      clear()
      close()
    },
  }
}
