import { ref, type Ref } from 'vue'
import { forget, recall, remember } from '@/storage'

interface Recent<T> {
  items: Ref<T[]>
  add: (item: T) => void
  remove: (key: unknown) => void
  clear: () => void
}

/** What is kept may be of an older version, or of somebody else's making. */
function read<T>(name: string, isItem: (value: unknown) => value is T): T[] {
  try {
    const kept: unknown = JSON.parse(recall(name) ?? '[]')
    return Array.isArray(kept) ? kept.filter(isItem) : []
  } catch {
    return []
  }
}

/** The last few things of a kind, the newest first and each once, on this device only. */
export function recentList<T>(
  name: string,
  most: number,
  keyOf: (item: T) => unknown,
  isItem: (value: unknown) => value is T,
): Recent<T> {
  const items = ref(read(name, isItem)) as Ref<T[]>
  const keep = (next: T[]) => {
    items.value = next.slice(0, most)
    remember(name, JSON.stringify(items.value))
  }
  const without = (key: unknown) => items.value.filter((item) => keyOf(item) !== key)
  return {
    items,
    add: (item) => keep([item, ...without(keyOf(item))]),
    remove: (key) => keep(without(key)),
    clear: () => {
      items.value = []
      forget(name)
    },
  }
}
