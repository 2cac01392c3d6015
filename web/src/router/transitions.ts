import { nextTick, ref } from 'vue'
import type { Router } from 'vue-router'

/** The film whose poster travels between the grid and the film's page. */
export const travellingFilm = ref<string | null>(null)

/** A film may stand on several shelves; only the poster on the one that was clicked travels, there and back. */
export const travellingPlace = ref('')

const still = () => matchMedia('(prefers-reduced-motion: reduce)').matches

/** Dissolves one page into another, in browsers that can; a poster moves to its new place. */
export function installTransitions(router: Router): void {
  let arrived: (() => void) | undefined

  router.beforeResolve(async (to, from) => {
    if (to.path === from.path || from.matched.length === 0 || !document.startViewTransition || still()) return
    travellingFilm.value = String(to.params.id ?? from.params.id ?? '')
    await nextTick()
    return new Promise<void>((proceed) => {
      const transition = document.startViewTransition(() => {
        const painted = new Promise<void>((resolve) => (arrived = resolve))
        proceed()
        return painted
      })
      // The browser may skip it, for example in a hidden tab; the page changes all the same.
      transition.ready.catch(() => undefined)
    })
  })

  const finish = () => {
    void nextTick().then(arrived)
    arrived = undefined
  }
  router.afterEach(finish)
  router.onError(finish)
}
