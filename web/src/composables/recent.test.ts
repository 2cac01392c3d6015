import { beforeEach, describe, expect, it } from 'vitest'
import { recentList } from './recent'

const isText = (value: unknown): value is string => typeof value === 'string'
const list = () => recentList<string>('test', 3, (text) => text.toLowerCase(), isText)

describe('what was done lately', () => {
  beforeEach(() => localStorage.clear())

  it('has the newest first, each once, and not too many', () => {
    const recent = list()
    for (const text of ['a', 'b', 'A', 'c', 'd']) recent.add(text)
    expect(recent.items.value).toEqual(['d', 'c', 'A'])
    expect(list().items.value).toEqual(['d', 'c', 'A'])
  })

  it('can be forgotten', () => {
    const recent = list()
    recent.add('a')
    recent.clear()
    expect(list().items.value).toEqual([])
  })

  it.each(['', 'no json', '{"a":1}', '[1,null,{}]'])(
    'bears what somebody else has left there: %s',
    (kept) => {
      localStorage.setItem('filmoteka.test', kept)
      expect(list().items.value).toEqual([])
    },
  )
})
