import { describe, expect, it } from 'vitest'
import { render } from '@/testing/render'
import Highlighted from './Highlighted.vue'

describe('a highlighted text', () => {
  it('keeps every letter and space where it was', async () => {
    const text = ' Тень  Тень '
    const ranges = [
      [1, 4],
      [7, 4],
    ]
    const { wrapper } = await render(Highlighted, { props: { text, ranges } })
    expect(wrapper.element.textContent).toBe(text)
    expect(wrapper.findAll('mark').map((mark) => mark.element.textContent)).toEqual(['Тень', 'Тень'])
  })

  it('is mere text, whatever the title says', async () => {
    const text = '<img src=x onerror=alert(1)>'
    const { wrapper } = await render(Highlighted, { props: { text, ranges: [[1, 3]] } })
    expect(wrapper.find('img').exists()).toBe(false)
    expect(wrapper.element.textContent).toBe(text)
  })
})
