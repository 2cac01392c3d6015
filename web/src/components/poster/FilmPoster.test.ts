import { describe, expect, it } from 'vitest'
import { film } from '@/testing/films'
import { render } from '@/testing/render'
import FilmPoster from './FilmPoster.vue'

const subject = film({ title: '<img src=x onerror=alert(1)>' })
const picture = 'https://example.org/poster.jpg'

async function loadedWith(width: number, height: number) {
  const { wrapper } = await render(FilmPoster, { props: { film: subject, picture } })
  const image = wrapper.get('img')
  Object.defineProperties(image.element, { naturalWidth: { value: width }, naturalHeight: { value: height } })
  await image.trigger('load')
  return wrapper
}

describe('a film’s poster', () => {
  it('is drawn when there is no picture, with the title as mere text', async () => {
    const { wrapper } = await render(FilmPoster, { props: { film: subject, picture: null } })
    expect(wrapper.find('svg').exists()).toBe(true)
    expect(wrapper.find('img').exists()).toBe(false)
    expect(wrapper.get('svg').text()).toContain('<img')
  })

  it('is drawn while the picture loads, and gives way to it', async () => {
    const { wrapper } = await render(FilmPoster, { props: { film: subject, picture } })
    expect(wrapper.find('svg').exists()).toBe(true)
    expect((await loadedWith(400, 600)).find('svg').exists()).toBe(false)
  })

  it('frames a wide picture as a still', async () => {
    const wrapper = await loadedWith(640, 360)
    expect(wrapper.get('img').classes()).toContain('still')
    expect(wrapper.find('svg').exists()).toBe(true)
  })

  it('is drawn when the picture fails, and says what it is', async () => {
    const { wrapper } = await render(FilmPoster, { props: { film: subject, picture, alt: 'Постер' } })
    await wrapper.get('img').trigger('error')
    expect(wrapper.find('img').exists()).toBe(false)
    expect(wrapper.get('[role=img]').attributes('aria-label')).toBe('Постер')
  })
})
