import { whenIdle } from './idle'

/** A newer version, loaded and waiting. */
export interface Update {
  /** Takes it, and loads the page anew. */
  apply: () => void
}

const SCRIPT = '/sw.js'

/** The page's policy lets nothing be loaded as a script by a mere text; this is the one address we load ourselves. */
function trusted(address: typeof SCRIPT): string {
  const policy = window.trustedTypes?.createPolicy('filmoteka', { createScriptURL: (url) => url })
  return (policy?.createScriptURL(address) ?? address) as string
}

/** Registers what keeps the app usable without a network, and says when there is a newer version. */
export async function watchForUpdates(found: (update: Update) => void): Promise<void> {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  await whenIdle()
  const { Workbox } = await import('workbox-window')
  const worker = new Workbox(trusted(SCRIPT))
  worker.addEventListener('waiting', () =>
    found({
      apply: () => {
        worker.addEventListener('controlling', () => location.reload())
        worker.messageSkipWaiting()
      },
    }),
  )
  // The page that brought the worker was loaded without it.
  worker.addEventListener('activated', ({ isUpdate }) => {
    if (isUpdate) return
    const urlsToCache = [location.pathname + location.search]
    void worker.messageSW({ type: 'CACHE_URLS', payload: { urlsToCache } })
  })
  await worker.register()
}
