import { onMounted, onUnmounted, ref, type Ref } from 'vue'

/** Rounding of scroll positions. */
const SLACK = 4

/** A row that one can scroll sideways: whether there is more to either side, and how to get there. */
export function useShelf(row: Ref<HTMLElement | null>) {
  const hasBack = ref(false)
  const hasForth = ref(false)

  const look = () => {
    const element = row.value
    if (!element) return
    hasBack.value = element.scrollLeft > SLACK
    hasForth.value = element.scrollLeft + element.clientWidth < element.scrollWidth - SLACK
  }
  const turn = (step: 1 | -1) => {
    const element = row.value
    const smooth = !matchMedia('(prefers-reduced-motion: reduce)').matches
    element?.scrollBy({ left: step * element.clientWidth, behavior: smooth ? 'smooth' : 'instant' })
  }

  let sizes: ResizeObserver | undefined
  let films: MutationObserver | undefined
  onMounted(() => {
    films = new MutationObserver(look)
    films.observe(row.value!, { childList: true })
    sizes = new ResizeObserver(look)
    sizes.observe(row.value!)
    row.value!.addEventListener('scroll', look, { passive: true })
  })
  onUnmounted(() => {
    sizes?.disconnect()
    films?.disconnect()
  })

  return { hasBack, hasForth, turn }
}
