import { onMounted, onUnmounted, type Ref } from 'vue'

const DIRECTIONS: Record<string, { x: number; y: number }> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
}

export interface Box {
  left: number
  top: number
  width: number
  height: number
}

const middle = ({ left, top, width, height }: Box) => ({ x: left + width / 2, y: top + height / 2 })

/** A step aside costs more than one ahead, so that a column stays a column. */
const ASIDE = 3

/** The index of the nearest box in a direction, or -1. */
export function nearest(boxes: readonly Box[], from: Box, direction: { x: number; y: number }): number {
  const start = middle(from)
  let best = -1
  let least = Infinity
  boxes.forEach((box, index) => {
    const { x, y } = middle(box)
    const ahead = (x - start.x) * direction.x + (y - start.y) * direction.y
    if (ahead < 1) return
    const aside = Math.abs((x - start.x) * direction.y) + Math.abs((y - start.y) * direction.x)
    // Left and right stay in the row.
    if (direction.x !== 0 && aside > box.height / 2) return
    const distance = ahead + ASIDE * aside
    if (distance < least) [best, least] = [index, distance]
  })
  return best
}

/** The arrow keys move the focus between the elements of a container, to what one sees in that direction. */
export function useArrowKeys(container: Ref<HTMLElement | null>, selector: string): void {
  const press = (event: KeyboardEvent) => {
    const direction = DIRECTIONS[event.key]
    const current = (event.target as Element).closest(selector)
    if (!direction || !current || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return
    const places = [...container.value!.querySelectorAll<HTMLElement>(selector)]
    const next = nearest(
      places.map((place) => place.getBoundingClientRect()),
      current.getBoundingClientRect(),
      direction,
    )
    if (next < 0) return
    event.preventDefault()
    places[next]!.focus({ preventScroll: true })
    places[next]!.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }
  onMounted(() => container.value?.addEventListener('keydown', press))
  onUnmounted(() => container.value?.removeEventListener('keydown', press))
}
