import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { useRecentSearches } from '@/composables/useRecentSearches'
import { film, filmPage, suggestion } from '@/testing/films'
import { json, stubNetwork } from '@/testing/network'
import { render } from '@/testing/render'
import SearchField from './SearchField.vue'

const FILMS = [
  suggestion({ id: 1, title: 'Зеркало', highlight: { title: [[0, 7]] } }),
  suggestion({
    id: 2,
    title: 'The Mirror',
    original_title: 'Зеркало',
    highlight: { original_title: [[0, 7]] },
  }),
]

/** The field after something was typed into it and the list has come. */
async function typing(text: string, { at = '/films/9', answer = {} } = {}) {
  stubNetwork((url) =>
    url.pathname.endsWith('/suggest') ? json({ items: FILMS, ...answer }) : json(filmPage([film()])),
  )
  const { wrapper, router } = await render(SearchField, { at })
  const field = wrapper.get('input')
  await field.setValue(text)
  await vi.advanceTimersByTimeAsync(150)
  const press = (key: string) => field.trigger('keydown', { key })
  const list = () => wrapper.find('[role=listbox]')
  const active = () => field.attributes('aria-activedescendant')
  const submit = async () => {
    await wrapper.trigger('submit')
    await vi.advanceTimersByTimeAsync(0)
  }
  return { wrapper, router, field, press, list, active, submit }
}

describe('the search field', () => {
  beforeEach(() => {
    vi.useFakeTimers()
    useRecentSearches().clear()
  })
  afterEach(() => void vi.useRealTimers())

  it('is a combobox that controls a list of films', async () => {
    const { wrapper, field, list } = await typing('зер')
    expect(field.attributes()).toMatchObject({
      role: 'combobox',
      'aria-expanded': 'true',
      'aria-autocomplete': 'list',
      'aria-controls': list().attributes('id'),
    })
    expect(wrapper.findAll('[role=option]').map((option) => option.attributes('aria-selected'))).toEqual([
      'false',
      'false',
    ])
    expect(wrapper.findAll('mark').map((mark) => mark.text())).toEqual(['Зеркало', 'Зеркало'])
  })

  it('says what was searched for instead', async () => {
    const answer = { corrections: { q: 'зеркало', reason: 'keyboard_layout' } }
    const { wrapper } = await typing('pthrfkj', { answer })
    expect(wrapper.text()).toContain('Показаны результаты для «зеркало»')
  })

  it('opens the film that the arrow keys chose', async () => {
    const { wrapper, router, field, press, list, active, submit } = await typing('зер')
    await press('ArrowDown')
    await press('ArrowDown')
    expect(wrapper.get('[aria-selected=true]').attributes('id')).toBe(active())
    await submit()
    expect(router.currentRoute.value.fullPath).toBe('/films/2')
    expect(field.element.value).toBe('')
    expect(list().exists()).toBe(false)
  })

  it('opens the film that was clicked', async () => {
    const { wrapper, router, list } = await typing('зер')
    await wrapper.get('[role=option]').trigger('click')
    await vi.advanceTimersByTimeAsync(0)
    expect(router.currentRoute.value.fullPath).toBe('/films/1')
    expect(list().exists()).toBe(false)
  })

  it('searches for the text when nothing was chosen', async () => {
    const { router, list, submit } = await typing('зер')
    await submit()
    expect(router.currentRoute.value.query).toEqual({ q: 'зер' })
    expect(list().exists()).toBe(false)
  })

  it('closes the list by Esc, then clears the text', async () => {
    const { field, press, list } = await typing('зер')
    await press('Escape')
    expect(list().exists()).toBe(false)
    expect(field.attributes('aria-expanded')).toBe('false')
    expect(field.element.value).toBe('зер')
    await press('Escape')
    expect(field.element.value).toBe('')
  })

  it('opens the list again by an arrow key, and closes it when the focus goes', async () => {
    const { field, press, list } = await typing('зер')
    await press('Escape')
    await press('ArrowDown')
    await vi.advanceTimersByTimeAsync(150)
    expect(list().exists()).toBe(true)
    await field.trigger('blur')
    expect(list().exists()).toBe(false)
  })

  it('does not open for a text that came with the address', async () => {
    const { wrapper } = await render(SearchField, { at: '/films?q=зеркало' })
    await vi.advanceTimersByTimeAsync(1000)
    expect(wrapper.find('[role=listbox]').exists()).toBe(false)
  })

  it('offers what was searched for before, as long as it is empty', async () => {
    const { wrapper, router, field, press, list, submit } = await typing('зеркало')
    await submit()
    await field.setValue('')
    expect(wrapper.findAll('[role=option]').map((option) => option.text())).toEqual(['зеркало'])
    await router.push('/films/9')
    await press('ArrowDown')
    await submit()
    expect(router.currentRoute.value.query).toEqual({ q: 'зеркало' })

    await field.setValue('')
    await wrapper.get('[role=search] button.link').trigger('click')
    expect(list().exists()).toBe(false)
    await press('ArrowDown')
    expect(list().exists()).toBe(false)
  })
})
