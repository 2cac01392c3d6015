import type { Page } from '@playwright/test'
import { cards, expect, test } from './app'

const shelf = (page: Page, name: string) =>
  page
    .getByRole('main')
    .locator('section')
    .filter({ has: page.getByRole('heading', { name, exact: true }) })

test('shelves of films, each with the way to all of them', async ({ page }) => {
  await page.goto('/')
  await expect(page).toHaveTitle('Фильмотека — каталог фильмов')
  await expect(page.getByTestId('total')).toContainText(/В каталоге [\d\s\u00a0]+ фильм/)
  for (const name of ['Новинки', 'Популярное', 'Высокая оценка', 'Драма']) {
    await expect(shelf(page, name).getByRole('article')).toHaveCount(12)
  }
  await page.getByRole('link', { name: 'Драма: показать все' }).click()
  await expect(page).toHaveURL('/films?genre=drama')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Драма')
})

test('a shelf is turned by its buttons and walked by the arrow keys', async ({ page }) => {
  await page.goto('/')
  const fresh = shelf(page, 'Новинки')
  await expect(fresh.getByRole('button', { name: 'Назад по полке' })).toBeDisabled()
  await fresh.getByRole('button', { name: 'Вперёд по полке' }).click()
  await expect(fresh.getByRole('article').nth(8)).toBeInViewport()
  await expect(fresh.getByRole('button', { name: 'Назад по полке' })).toBeEnabled()

  const links = fresh.getByRole('article').getByRole('link')
  await links.nth(8).focus()
  await page.keyboard.press('ArrowRight')
  await expect(links.nth(9)).toBeFocused()
})

test('films that were opened are offered again, on this device, until they are cleared', async ({ page }) => {
  await page.goto('/')
  await expect(page.getByRole('heading', { name: 'Вы недавно открывали' })).toHaveCount(0)
  const film = shelf(page, 'Высокая оценка').getByRole('article').first()
  const title = await film.getByRole('heading').innerText()
  await film.getByRole('link').click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(title)
  await page.goBack()
  await expect(shelf(page, 'Вы недавно открывали').getByRole('article')).toHaveText([
    new RegExp(`^${title}|${title}`),
  ])
  await page.reload()
  await shelf(page, 'Вы недавно открывали').getByRole('button', { name: 'Очистить' }).click()
  await page.reload()
  await expect(cards(page).first()).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Вы недавно открывали' })).toHaveCount(0)
})

test('a part that failed is said, and the rest is there', async ({ page }) => {
  // As the gateway answers when a part of it fails; without what it puts into the page.
  await page.route('/', async (route) => {
    const response = await route.fetch()
    const body = (await response.text()).replace(/<script type="application\/json".*?<\/script>/s, '')
    await route.fulfill({ response, body })
  })
  await page.route('**/api/v1/home', async (route) => {
    const response = await route.fetch()
    const home = await response.json()
    home.sections = home.sections.filter(({ id }: { id: string }) => id !== 'popular')
    home.degraded = ['popular']
    await route.fulfill({ response, json: home })
  })
  await page.goto('/')
  await expect(page.getByText('Часть подборок сейчас не загрузилась.')).toBeVisible()
  await expect(shelf(page, 'Новинки').getByRole('article').first()).toBeVisible()
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true })

  test('nothing sticks out sideways, and the switches are in the footer', async ({ page }) => {
    await page.goto('/')
    await expect(cards(page).first()).toBeVisible()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
    await page.getByRole('contentinfo').getByText('Eng', { exact: true }).tap()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('What shall we watch?')
  })
})
