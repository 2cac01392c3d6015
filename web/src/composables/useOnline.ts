import { onMounted, onUnmounted, ref } from 'vue'

/** Whether the browser believes that there is a network. */
export function useOnline() {
  const online = ref(navigator.onLine)
  const look = () => (online.value = navigator.onLine)
  onMounted(() => ['online', 'offline'].forEach((event) => addEventListener(event, look)))
  onUnmounted(() => ['online', 'offline'].forEach((event) => removeEventListener(event, look)))
  return online
}
