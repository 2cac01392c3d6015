import type { RouteLocationRaw } from 'vue-router'
import { NO_FILTERS, toLocationQuery, type Filters } from './filters'

export const linkToHome = (): RouteLocationRaw => ({ name: 'home' })

export const linkToFilm = (film: { id: number }): RouteLocationRaw => ({
  name: 'film',
  params: { id: String(film.id) },
})

export const linkToCatalogue = (filters: Partial<Filters> = {}): RouteLocationRaw => ({
  name: 'catalogue',
  query: toLocationQuery({ ...NO_FILTERS, ...filters }),
})
