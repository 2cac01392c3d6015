import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { suggestion } from '@/testing/films'
import { json, stubNetwork } from '@/testing/network'
import { run } from '@/testing/render'
import { useSuggestions } from './useSuggestions'

const asked = (calls: URL[]) => calls.map((url) => url.searchParams.get('q'))
const pause = () => vi.advanceTimersByTimeAsync(150)

describe('useSuggestions', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('asks after a pause, for the last text only', async () => {
    const calls = stubNetwork(() => json({ items: [suggestion()] }))
    const { result } = await run(useSuggestions)
    for (const text of ['з', 'зе', ' зер ']) {
      result.suggest(text)
      await vi.advanceTimersByTimeAsync(100)
    }
    expect(calls).toEqual([])
    await pause()
    expect(asked(calls)).toEqual(['зер'])
    expect(result.suggestions.value.map((film) => film.title)).toEqual(['Зеркало'])
  })

  it('gives up the older question', async () => {
    const signals: AbortSignal[] = []
    stubNetwork((url, request) => {
      signals.push(request.signal)
      return url.searchParams.get('q') === 'зе' ? new Promise(() => {}) : json({ items: [suggestion()] })
    })
    const { result } = await run(useSuggestions)
    result.suggest('зе')
    await pause()
    expect(signals[0]!.aborted).toBe(false)
    result.suggest('зер')
    await pause()
    expect(signals.map((signal) => signal.aborted)).toEqual([true, false])
    expect(result.suggestions.value).toHaveLength(1)
  })

  it('keeps the list while one types on, but not for another text', async () => {
    const slow = new Set(['зер', 'дом'])
    stubNetwork((url) =>
      slow.has(url.searchParams.get('q') ?? '') ? new Promise(() => {}) : json({ items: [suggestion()] }),
    )
    const { result } = await run(useSuggestions)
    for (const [text, count] of [
      ['зе', 1],
      ['зер', 1],
      ['дом', 0],
    ] as const) {
      result.suggest(text)
      await pause()
      expect(result.suggestions.value).toHaveLength(count)
    }
  })

  it('has nothing for no text, and asks nothing', async () => {
    const calls = stubNetwork(() => json({ items: [suggestion()] }))
    const { result } = await run(useSuggestions)
    result.suggest('зер')
    await pause()
    result.suggest('   ')
    expect(result.suggestions.value).toEqual([])
    result.suggest('зерк')
    result.dismiss()
    await pause()
    expect(asked(calls)).toEqual(['зер'])
  })

  it('says nothing of a failure, and does not insist', async () => {
    const calls = stubNetwork(() => json({}, { status: 503 }))
    const { result } = await run(useSuggestions)
    result.suggest('зер')
    await vi.advanceTimersByTimeAsync(3000)
    expect(result.suggestions.value).toEqual([])
    expect(calls).toHaveLength(1)
  })
})
