import type { RouterScrollBehavior } from 'vue-router'
import { isPageTurn } from './pages'

const PATIENCE = 1000

/** Resolves once the page is tall enough for this place, or when waiting makes no sense any more. */
function tallEnough(top: number): Promise<void> {
  const deadline = performance.now() + PATIENCE
  return new Promise((resolve) => {
    const look = () => {
      const enough = document.documentElement.scrollHeight >= top + innerHeight
      if (enough || performance.now() > deadline) resolve()
      else requestAnimationFrame(look)
    }
    look()
  })
}

/** Back returns to the place one left; a new page or a turned page begins at its top; a changed filter stays. */
export const scrollBehavior: RouterScrollBehavior = async (to, from, saved) => {
  if (saved) {
    await tallEnough(saved.top)
    return saved
  }
  // A first page stands at its top already, and to say so would cost a layout.
  if (from.matched.length === 0) return false
  return to.path !== from.path || isPageTurn(to, from) ? { top: 0 } : false
}
