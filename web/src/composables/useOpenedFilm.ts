import { toValue, watch, type MaybeRefOrGetter } from 'vue'
import { countView, type Film } from '@/api/client'
import type { ApiFailure } from '@/api/failure'
import { useRecentFilms } from './useRecentFilms'

/** Counted once for each visit: a reload, or Back and forth, is no second view. */
const COUNTED = 'filmoteka.counted'

function isFirstView(id: number): boolean {
  try {
    const counted = (sessionStorage.getItem(COUNTED) ?? '').split(' ')
    if (counted.includes(String(id))) return false
    sessionStorage.setItem(COUNTED, [...counted, id].join(' ').trim())
  } catch {
    // Without storage each opening counts.
  }
  return true
}

/**
 * What happens when a film's page was opened: it is remembered on this device, and its view is counted. A film that has
 * left the catalogue is forgotten.
 */
export function useOpenedFilm(
  id: MaybeRefOrGetter<number>,
  film: MaybeRefOrGetter<Film | undefined>,
  error: MaybeRefOrGetter<ApiFailure | null>,
): void {
  const { add, remove } = useRecentFilms()
  watch(
    () => toValue(error)?.kind,
    (kind) => kind === 'missing' && remove(toValue(id)),
  )
  watch(
    () => toValue(film)?.id,
    () => {
      const opened = toValue(film)
      if (!opened) return
      add(opened)
      if (isFirstView(opened.id)) void countView(opened.id)
    },
    { immediate: true },
  )
}
