import { describe, expect, it } from 'vitest'
import { ref } from 'vue'
import { run } from '@/testing/render'
import { useListbox } from './useListbox'

describe('useListbox', () => {
  it('goes around with the arrow keys, by way of the field', async () => {
    const { result } = await run(() => useListbox(['a', 'b']))
    const places = ([1, 1, 1, -1, -1, -1] as const).map((step) => {
      result.move(step)
      return result.active.value
    })
    expect(places).toEqual(['a', 'b', null, 'b', 'a', null])
  })

  it('forgets an option that is gone', async () => {
    const keys = ref(['a', 'b'])
    const { result } = await run(() => useListbox(keys))
    result.move(-1)
    expect(result.active.value).toBe('b')
    keys.value = ['a']
    expect(result.active.value).toBeNull()
  })
})
