import { computed, ref, toValue, useId, type MaybeRefOrGetter } from 'vue'

/**
 * The option that the arrow keys have chosen in a list whose focus stays in a text field (ARIA 1.2, combobox). Options
 * are known by their keys; between the last one and the first one stands the field itself.
 */
export function useListbox(keys: MaybeRefOrGetter<readonly string[]>) {
  const listId = useId()
  const chosen = ref<string | null>(null)
  const index = computed(() => toValue(keys).indexOf(chosen.value ?? ''))
  const active = computed(() => toValue(keys)[index.value] ?? null)

  const move = (step: 1 | -1) => {
    const places = toValue(keys).length + 1
    chosen.value = toValue(keys)[((index.value + 1 + step + places) % places) - 1] ?? null
  }
  const reset = () => (chosen.value = null)
  const optionId = (key: string) => `${listId}-${toValue(keys).indexOf(key)}`

  return { listId, active, move, reset, optionId }
}
