import { describe, expect, it } from 'vitest'
import { film } from '@/testing/films'
import { render } from '@/testing/render'
import FilmCard from './FilmCard.vue'

const marks = async (change: Parameters<typeof film>[0]) => {
  const { wrapper } = await render(FilmCard, { props: { film: film(change) } })
  return { wrapper, marked: wrapper.findAll('mark').map((mark) => mark.text()) }
}

describe('a film’s card', () => {
  it('marks the words that were searched for', async () => {
    const { marked } = await marks({ title: 'Зеркало мира', highlight: { title: [[0, 7]] } })
    expect(marked).toEqual(['Зеркало'])
  })

  it('shows the original title when the words are there only', async () => {
    const names = { title: 'Крёстный отец', original_title: 'The Godfather' }
    const { marked, wrapper } = await marks({ ...names, highlight: { original_title: [[4, 9]] } })
    expect(marked).toEqual(['Godfather'])
    expect(wrapper.get('h3').text()).toBe('Крёстный отец')
    const both = await marks({ ...names, highlight: { title: [[9, 4]], original_title: [[4, 9]] } })
    expect(both.wrapper.text()).not.toContain('Godfather')
  })

  it('marks nothing outside of a search', async () => {
    const { marked, wrapper } = await marks({ original_title: 'Zerkalo' })
    expect(marked).toEqual([])
    expect(wrapper.text()).not.toContain('Zerkalo')
  })
})
