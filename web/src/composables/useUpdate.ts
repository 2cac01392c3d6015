import { ref } from 'vue'
import { watchForUpdates, type Update } from '@/offline'

const update = ref<Update | null>(null)
// Without it the app works as long as there is a network.
watchForUpdates((found) => (update.value = found)).catch(() => undefined)

/** A newer version of the app that waits to be used. */
export function useUpdate() {
  return {
    ready: update,
    apply: () => update.value?.apply(),
    later: () => (update.value = null),
  }
}
