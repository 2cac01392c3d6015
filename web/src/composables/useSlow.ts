import { onUnmounted, ref, toValue, watch, type MaybeRefOrGetter } from 'vue'

const PATIENCE = 4000

/** Whether something is under way for longer than one waits without wondering. */
export function useSlow(pending: MaybeRefOrGetter<boolean>) {
  const slow = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined
  watch(
    () => toValue(pending),
    (waits) => {
      clearTimeout(timer)
      slow.value = false
      if (waits) timer = setTimeout(() => (slow.value = true), PATIENCE)
    },
    { immediate: true },
  )
  onUnmounted(() => clearTimeout(timer))
  return slow
}
