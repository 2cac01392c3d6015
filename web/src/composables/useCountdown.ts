import { onUnmounted, ref, toValue, watch, type MaybeRefOrGetter } from 'vue'

const SECOND = 1000

/** Counts seconds down to zero, and then does what was waited for. Zero from the start: nothing. */
export function useCountdown(seconds: MaybeRefOrGetter<number>, then: () => void) {
  const left = ref(0)
  let timer: ReturnType<typeof setInterval> | undefined

  const stop = () => clearInterval(timer)
  const start = (from: number) => {
    stop()
    left.value = from
    if (from <= 0) return
    timer = setInterval(() => {
      left.value -= 1
      if (left.value > 0) return
      stop()
      then()
    }, SECOND)
  }
  watch(() => toValue(seconds), start, { immediate: true })
  onUnmounted(stop)
  return left
}
