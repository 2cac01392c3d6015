import { toValue, watch, type MaybeRefOrGetter } from 'vue'
import { countView, type Film } from '@/api/client'
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

/** What happens when a film's page was opened: it is remembered on this device, and its view is counted. */
export function useOpenedFilm(film: MaybeRefOrGetter<Film | undefined>): void {
  const { add } = useRecentFilms()
  watch(
    () => toValue(film)?.id,
    (id) => {
      const opened = toValue(film)
      if (id === undefined || !opened) return
      add(opened)
      if (isFirstView(id)) void countView(id)
    },
    { immediate: true },
  )
}
