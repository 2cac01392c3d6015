import { ref } from 'vue'
import type { Router } from 'vue-router'
import { recall, remember } from '@/storage'

const NAME = 'catalogue'

/** The address of the catalogue as it was left last, on this device: the way back to one's filters. */
export const lastCatalogue = ref(/^\/films(\?|$)/.test(recall(NAME) ?? '') ? recall(NAME)! : '/films')

/** Keeps the filters, but not how far one had gone. */
export function rememberCatalogue(router: Router): void {
  router.afterEach((to) => {
    if (to.name !== 'catalogue') return
    lastCatalogue.value = router.resolve({ ...to, query: { ...to.query, page: undefined } }).fullPath
    remember(NAME, lastCatalogue.value)
  })
}
