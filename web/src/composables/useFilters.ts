import { computed } from 'vue'
import { useRoute, useRouter } from 'vue-router'
import { parseFilters, type Filters } from '@/router/filters'
import { linkToCatalogue } from '@/router/links'
import { FIRST_PAGE } from '@/router/pages'

/** The filters in the address, and the ways to change them. */
export function useFilters() {
  const route = useRoute()
  const router = useRouter()
  const filters = computed(() => parseFilters(route.query))

  /** The catalogue with some filters changed, from its first page on. */
  const linkWith = (change: Partial<Filters>) =>
    linkToCatalogue({ ...filters.value, pages: FIRST_PAGE, ...change })

  /** `replace` keeps the history short while a value is being typed. */
  const change = (changed: Partial<Filters>, { replace = false } = {}) =>
    replace ? router.replace(linkWith(changed)) : router.push(linkWith(changed))

  return { filters, linkWith, change }
}
