import { onUnmounted, ref } from 'vue'
import { whenIdle } from '@/idle'

/** Once the first view stands, what follows is shown at once: on Back the page must be as tall as it was. */
let firstView = true

/**
 * How many parts of a page to show: in the first view of a visit some of them, the others as the browser finds time
 * between them, so that it answers to the visitor meanwhile; afterwards all.
 */
export function useGradually(atOnce: number, step: number, most: number) {
  const shown = ref(firstView ? atOnce : most)
  let alive = true
  const more = () => {
    if (!alive) return
    shown.value += step
    if (shown.value < most) void whenIdle().then(more)
    else firstView = false
  }
  if (firstView) void whenIdle().then(more)
  onUnmounted(() => (alive = false))
  return shown
}
