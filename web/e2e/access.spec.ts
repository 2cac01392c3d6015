import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { cards, expect, genres, openCatalogue, search, suggestions, test } from './app'

async function violations(page: Page) {
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`)
}

for (const colorScheme of ['dark', 'light'] as const) {
  test.describe(`${colorScheme} theme`, () => {
    test.use({ colorScheme, contextOptions: { reducedMotion: 'reduce' } })

    test('the catalogue is accessible', async ({ page }) => {
      await openCatalogue(page, '/?genre=drama&year_from=1950')
      expect(await violations(page)).toEqual([])
    })

    test('the choice of genres is accessible', async ({ page }) => {
      await openCatalogue(page)
      await page.getByRole('button', { name: 'Жанры' }).click()
      await expect(genres(page).first()).toBeVisible()
      expect(await violations(page)).toEqual([])
    })

    test('a film’s page is accessible', async ({ page }) => {
      await openCatalogue(page)
      await cards(page).nth(1).getByRole('link').click()
      await expect(page.getByRole('definition').first()).toBeVisible()
      expect(await violations(page)).toEqual([])
    })

    test('the suggestions are accessible', async ({ page }) => {
      await openCatalogue(page)
      await search(page).pressSequentially('godf')
      await expect(suggestions(page).first()).toBeVisible()
      await page.keyboard.press('ArrowDown')
      expect(await violations(page)).toEqual([])
    })

    test('an empty result is accessible', async ({ page }) => {
      await page.goto('/?q=qqqqqq')
      await expect(page.getByRole('heading', { name: 'Ничего не нашлось' })).toBeVisible()
      expect(await violations(page)).toEqual([])
    })
  })
}

test('the first Tab leads past the header', async ({ page }) => {
  await openCatalogue(page)
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'К содержанию' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.locator('main')).toBeFocused()
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true })

  for (const address of ['/', '/?q=the&genre=drama&genre=comedy&year_from=1950&year_to=2000', '/?q=qqqqqq']) {
    test(`nothing sticks out sideways: ${address}`, async ({ page }) => {
      await page.goto(address)
      await expect(page.getByRole('status')).not.toHaveText('Загружаем фильмы')
      const width = await page.evaluate(() => document.documentElement.scrollWidth)
      expect(width).toBeLessThanOrEqual(360)
    })
  }

  test('two films stand side by side, and one opens', async ({ page }) => {
    await openCatalogue(page)
    const [first, second] = [await cards(page).nth(0).boundingBox(), await cards(page).nth(1).boundingBox()]
    expect(first!.y).toBe(second!.y)
    await cards(page).first().getByRole('link').tap()
    await expect(page.getByRole('definition').first()).toBeVisible()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
  })
})
