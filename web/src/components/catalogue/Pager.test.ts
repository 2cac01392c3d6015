import { describe, expect, it } from 'vitest'
import { render } from '@/testing/render'
import Pager from './Pager.vue'

describe('the pager', () => {
  it('links to other pages of the same films', async () => {
    const at = '/films?genre=drama&page=2'
    const { wrapper } = await render(Pager, { at, props: { shown: { first: 2, last: 2 }, last: 9 } })
    const href = (rel: string) => wrapper.get(`a[rel=${rel}]`).attributes('href')
    expect(href('prev')).toBe('/films?genre=drama')
    expect(href('next')).toBe('/films?genre=drama&page=3')
    expect(wrapper.get('[aria-current=page]').text()).toBe('2')
  })

  it('ends where the films end', async () => {
    const { wrapper } = await render(Pager, { props: { shown: { first: 9, last: 9 }, last: 9 } })
    expect(wrapper.find('a[rel=next]').exists()).toBe(false)
  })

  it('is not there for one page', async () => {
    const { wrapper } = await render(Pager, { props: { shown: { first: 1, last: 1 }, last: 1 } })
    expect(wrapper.find('nav').exists()).toBe(false)
  })
})
