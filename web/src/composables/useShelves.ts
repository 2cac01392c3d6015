import { computed, toValue, type MaybeRefOrGetter } from 'vue'
import type { RouteLocationRaw } from 'vue-router'
import type { FilmSummary, Home, HomeSection } from '@/api/client'
import { genreKey } from '@/i18n/genres'
import { useLocale } from '@/i18n/useLocale'
import type { Filters } from '@/router/filters'
import { linkToCatalogue } from '@/router/links'

export interface Shelf {
  id: string
  name: string
  films: FilmSummary[]
  /** All films of this kind. */
  to: RouteLocationRaw
}

const MORE: Record<Exclude<HomeSection['id'], 'genre'>, Partial<Filters>> = {
  new: { order: 'added' },
  popular: { order: 'popular' },
  top_rated: { order: 'rating' },
}

/** The shelves of the home page; those without films are left out. */
export function useShelves(home: MaybeRefOrGetter<Home | undefined>) {
  const { t, Genre } = useLocale()

  const shelfOf = ({ id, genre, items: films }: HomeSection): Shelf => {
    if (id !== 'genre') return { id, name: t(`home.${id}`), films, to: linkToCatalogue(MORE[id]) }
    const name = genre ?? ''
    return {
      id: `genre:${name}`,
      name: Genre(name),
      films,
      to: linkToCatalogue({ genres: [genreKey(name)] }),
    }
  }

  return computed(() => (toValue(home)?.sections ?? []).filter(({ items }) => items.length > 0).map(shelfOf))
}
