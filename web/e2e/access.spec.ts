import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { cards, expect, openCatalogue, openFilter, panel, search, suggestions, summary, test } from './app'

async function violations(page: Page) {
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`)
}

for (const colorScheme of ['dark', 'light'] as const) {
  test.describe(`${colorScheme} theme`, () => {
    test.use({ colorScheme, contextOptions: { reducedMotion: 'reduce' }, networkFails: true })

    test('the catalogue is accessible', async ({ page }) => {
      await openCatalogue(page, '/films?genre=drama&year_from=1950')
      expect(await violations(page)).toEqual([])
    })

    test('the home page is accessible', async ({ page }) => {
      await page.goto('/')
      await expect(cards(page).first()).toBeVisible()
      expect(await violations(page)).toEqual([])
    })

    for (const name of [/^Жанры/, /^Годы/, /^Фильтры/]) {
      test(`the panel of a filter is accessible: ${name.source}`, async ({ page }) => {
        await openCatalogue(page, '/films?genre=drama&genre_not=western&year_from=1950')
        await openFilter(page, name)
        await expect(
          panel(page).getByRole('button').or(panel(page).getByRole('radio')).first(),
        ).toBeAttached()
        expect(await violations(page)).toEqual([])
      })
    }

    test('recent searches are accessible', async ({ page }) => {
      await openCatalogue(page)
      await search(page).fill('godfather')
      await page.keyboard.press('Enter')
      await search(page).fill('')
      const recent = page.getByRole('listbox', { name: 'Недавние запросы' })
      await expect(recent.getByRole('option')).toHaveText(['godfather'])
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

    for (const [name, status] of [
      ['too many requests', 429],
      ['a broken server', 500],
    ] as const) {
      test(`${name}: the page is accessible`, async ({ page }) => {
        await page.route('**/api/v1/movies?*', (route) => route.fulfill({ status, body: '{}' }))
        await page.goto('/films?sort=title')
        await expect(page.getByRole('alert')).toBeVisible()
        expect(await violations(page)).toEqual([])
      })
    }

    test('an empty result is accessible', async ({ page }) => {
      await page.goto('/films?q=qqqqqq')
      await expect(page.getByRole('heading', { name: 'Ничего не нашлось' })).toBeVisible()
      expect(await violations(page)).toEqual([])
    })
  })
}

const PAGES: Record<string, string> = {
  'the home page': '/',
  'the catalogue': '/films?genre=drama&page=1-2',
  'a film': '/films/3',
  'a search': '/films?q=godfather',
  'no such film': '/films/999999999',
  'no such page': '/no/such/page',
}

for (const [size, viewport] of [
  ['phone', { width: 360, height: 740 }],
  ['large', { width: 2560, height: 1440 }],
] as const) {
  for (const locale of ['ru-RU', 'en-GB']) {
    test.describe(`${size}, ${locale}`, () => {
      test.use({ viewport, locale, networkFails: true, contextOptions: { reducedMotion: 'reduce' } })

      for (const [name, address] of Object.entries(PAGES)) {
        test(`${name} is accessible`, async ({ page }) => {
          await page.goto(address)
          await expect(page.getByRole('contentinfo')).toBeVisible()
          await page.waitForLoadState('networkidle')
          expect(await violations(page)).toEqual([])
          expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(
            viewport.width,
          )
        })
      }
    })
  }
}

test('waiting and being offline are accessible', async ({ page, context }) => {
  await page.route('**/api/v1/movies?*', () => {})
  await page.goto('/films?sort=title')
  await expect(page.locator('[aria-busy=true]')).toBeVisible()
  expect(await violations(page)).toEqual([])
  await context.setOffline(true)
  await expect(page.getByText('Нет соединения. Показано то, что вы уже открывали.')).toBeVisible()
  expect(await violations(page)).toEqual([])
})

test('the first Tab leads past the header', async ({ page }) => {
  await openCatalogue(page)
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'К содержанию' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.locator('main')).toBeFocused()
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true })

  for (const address of [
    '/',
    '/films',
    '/films?q=the&genre=drama&genre=comedy&year_from=1950&year_to=2000',
    '/films?q=qqqqqq',
  ]) {
    test(`nothing sticks out sideways: ${address}`, async ({ page }) => {
      await page.goto(address)
      await expect(summary(page)).not.toHaveText('Загружаем фильмы')
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
