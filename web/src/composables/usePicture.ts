import { ref, toValue, watch, type MaybeRefOrGetter } from 'vue'

export type PictureState = 'none' | 'loading' | 'poster' | 'still'

const PORTRAIT = 1

/** How a film's picture is doing, and whether it is a poster or a frame of the film. */
export function usePicture(url: MaybeRefOrGetter<string | null>) {
  const state = ref<PictureState>('none')
  watch(
    () => toValue(url),
    (value) => (state.value = value ? 'loading' : 'none'),
    { immediate: true },
  )

  const loaded = (event: Event) => {
    const { naturalWidth, naturalHeight } = event.target as HTMLImageElement
    state.value = naturalWidth / naturalHeight > PORTRAIT ? 'still' : 'poster'
  }
  const failed = () => (state.value = 'none')

  return { state, loaded, failed }
}
