import { ref } from 'vue'
import { watchForUpdates, type Update } from '@/offline'

const update = ref<Update | null>(null)
watchForUpdates((found) => (update.value = found))

/** A newer version of the app that waits to be used. */
export function useUpdate() {
  return {
    ready: update,
    apply: () => update.value?.apply(),
    later: () => (update.value = null),
  }
}
