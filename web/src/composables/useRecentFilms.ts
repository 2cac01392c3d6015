import type { FilmSummary } from '@/api/client'
import { recentList } from './recent'

/** As much of a film as its card shows. */
export type RecentFilm = Pick<
  FilmSummary,
  'id' | 'title' | 'original_title' | 'year' | 'image_url' | 'thumbnail_url' | 'genres' | 'rating'
>

const MOST = 12

const isFilm = (value: unknown): value is RecentFilm => {
  const film = value as Partial<RecentFilm> | null
  return typeof film?.id === 'number' && typeof film.title === 'string' && Array.isArray(film.genres)
}

const recent = recentList<RecentFilm>('films', MOST, (film) => film.id, isFilm)

/** The films whose pages were opened on this device, the last one first. */
export function useRecentFilms() {
  const add = ({ id, title, original_title, year, image_url, thumbnail_url, genres, rating }: RecentFilm) =>
    recent.add({ id, title, original_title, year, image_url, thumbnail_url, genres, rating })
  return { films: recent.items, add, remove: recent.remove, clear: recent.clear }
}
