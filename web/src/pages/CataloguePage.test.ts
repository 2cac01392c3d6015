import { describe, expect, it } from 'vitest'
import { film, filmPage } from '@/testing/films'
import { json, stubNetwork } from '@/testing/network'
import { render } from '@/testing/render'
import CataloguePage from './CataloguePage.vue'

async function opened(items = [film()], corrections?: object) {
  stubNetwork(() => json({ ...filmPage(items), corrections }))
  const { wrapper } = await render(CataloguePage, { at: '/films?q=pthrfkj' })
  await expect.poll(() => wrapper.get('[role=status]').text()).toMatch(/^Найден|нашлось/)
  return wrapper
}

describe('the catalogue', () => {
  const corrections = { q: 'зеркало', reason: 'keyboard_layout' }

  it('says what it searched for instead', async () => {
    const wrapper = await opened([film()], corrections)
    expect(wrapper.get('[data-testid=correction]').text()).toBe('Показаны результаты для «зеркало»')
    expect(wrapper.get('[role=status]').text()).toBe('Найден 1 фильм. Показаны результаты для «зеркало»')
  })

  it('says nothing of it when the text was right, or nothing was found', async () => {
    expect((await opened()).find('[data-testid=correction]').exists()).toBe(false)
    expect((await opened([], corrections)).text()).not.toContain('Показаны')
  })
})
