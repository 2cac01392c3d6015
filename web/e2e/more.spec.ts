import type { Page } from '@playwright/test'
import { cards, expect, openCatalogue, test } from './app'

const more = (page: Page) => page.getByRole('link', { name: 'Показать ещё' })

async function loadTwice(page: Page) {
  await openCatalogue(page, '/films?genre=drama&year_from=1980')
  await more(page).click()
  await expect(cards(page)).toHaveCount(48)
  await more(page).click()
  await expect(cards(page)).toHaveCount(72)
  await expect(page).toHaveURL('/films?genre=drama&year_from=1980&page=1-3')
}

test('more films come below, each once, and the address keeps them', async ({ page }) => {
  await loadTwice(page)
  const links = await cards(page)
    .getByRole('link')
    .evaluateAll((all) => all.map((link) => link.getAttribute('href')))
  expect(new Set(links).size).toBe(72)
  await page.reload()
  await expect(cards(page)).toHaveCount(72)
})

test('the link leads to the page itself for another tab', async ({ page }) => {
  await openCatalogue(page)
  await expect(more(page)).toHaveAttribute('href', '/films?page=2')
})

test('Back from a film deep in the list returns to it, at the same place, without a flash', async ({
  page,
}) => {
  await loadTwice(page)
  const card = cards(page).nth(65)
  await card.scrollIntoViewIfNeeded()
  await page.evaluate(() => scrollBy(0, 40))
  const before = await card.boundingBox()
  const title = await card.getByRole('heading').innerText()
  await card.getByRole('link').click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(title)

  // Whatever stands on the page from now on: no empty places, no top of the list first.
  await page.evaluate(() => {
    const seen: string[] = []
    Object.assign(window, { seen })
    const look = () => {
      if (document.querySelector('[aria-busy=true]')) seen.push('skeleton')
      if (location.pathname === '/films' && document.querySelectorAll('main article').length === 24)
        seen.push('short')
      requestAnimationFrame(look)
    }
    look()
  })
  await page.goBack()
  await expect(cards(page)).toHaveCount(72)
  await expect(card).toBeInViewport()
  await expect(card.getByRole('heading')).toHaveText(title)
  const after = await card.boundingBox()
  expect(Math.abs(after!.y - before!.y)).toBeLessThan(2)
  expect(await page.evaluate(() => (window as unknown as { seen: string[] }).seen)).toEqual([])
})

test.describe('when the next page fails', () => {
  test.use({ networkFails: true })

  test('what is there stays, and trying again helps', async ({ page }) => {
    await openCatalogue(page)
    await page.route('**/api/v1/movies?*page=2&*', (route) => route.fulfill({ status: 500, body: '{}' }))
    await more(page).click()
    await expect(page.getByRole('alert')).toContainText('Не удалось загрузить продолжение')
    await expect(cards(page)).toHaveCount(24)
    await page.unroute('**/api/v1/movies?*page=2&*')
    await page.getByRole('button', { name: 'Попробовать ещё раз' }).click()
    await expect(cards(page)).toHaveCount(48)
  })
})
