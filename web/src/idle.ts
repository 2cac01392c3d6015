const PATIENCE = 400

/** When the browser has nothing better to do; after a while in any case. */
export const whenIdle = (): Promise<void> =>
  new Promise((resolve) => {
    if ('requestIdleCallback' in globalThis) requestIdleCallback(() => resolve(), { timeout: PATIENCE })
    else setTimeout(resolve)
  })

const PAUSE = 2000

/** When what has failed for want of a network may work: as soon as there is one again, or after a pause. */
export function afterTrouble(again: () => void): void {
  if (navigator.onLine) setTimeout(again, PAUSE)
  else addEventListener('online', again, { once: true })
}
