import { ref } from 'vue'

const SHOWN_FOR = 2500

/** Gives a page's address on: by the device's own dialog where there is one, else by the clipboard. */
export function useShare() {
  const copied = ref(false)

  async function share(title: string): Promise<void> {
    const url = location.origin + location.pathname
    if (navigator.share) {
      // Who closes the dialog has not failed.
      await navigator.share({ title, url }).catch(() => undefined)
      return
    }
    await navigator.clipboard.writeText(url)
    copied.value = true
    setTimeout(() => (copied.value = false), SHOWN_FOR)
  }

  return { share, copied }
}
