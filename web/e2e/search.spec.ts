import { cards, expect, openCatalogue, search, suggestions, test } from './app'

test('films are suggested as one types, and the keyboard opens one', async ({ page }) => {
  await openCatalogue(page)
  await page.keyboard.press('/')
  await page.keyboard.type('godf')
  await expect(suggestions(page).first()).toContainText(/godfather/i)
  await expect(suggestions(page).first().locator('mark').first()).toHaveText(/^godf/i)
  await expect(search(page)).toHaveAttribute('aria-expanded', 'true')

  await page.keyboard.press('ArrowDown')
  const chosen = await suggestions(page).first().getAttribute('id')
  await expect(search(page)).toHaveAttribute('aria-activedescendant', chosen!)
  await expect(search(page)).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/films\/\d+$/)
  await expect(page.getByRole('heading', { level: 1 })).toContainText(/godfather/i)
  await expect(page.locator('main')).toBeFocused()
  await expect(search(page)).toHaveValue('')
})

test('a click on a suggestion opens the film, on a film’s page too', async ({ page }) => {
  await openCatalogue(page)
  await cards(page).nth(3).getByRole('link').click()
  await expect(page).toHaveURL(/\/films\/\d+$/)
  await search(page).pressSequentially('godf')
  await suggestions(page).first().click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText(/godfather/i)
  await expect(suggestions(page)).toHaveCount(0)
})

test('Esc closes the list, then clears the search', async ({ page }) => {
  await openCatalogue(page)
  await search(page).pressSequentially('godf')
  await expect(suggestions(page).first()).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(suggestions(page)).toHaveCount(0)
  await expect(search(page)).toHaveValue('godf')
  await page.keyboard.press('Escape')
  await expect(search(page)).toHaveValue('')
  await expect(page).toHaveURL('/films')
})

test('Enter without a choice searches, and the words are marked in the titles', async ({ page }) => {
  await openCatalogue(page)
  await search(page).pressSequentially('godfather')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL('/films?q=godfather')
  await expect(suggestions(page)).toHaveCount(0)
  await expect(cards(page).first().locator('mark')).toHaveText(/godfather/i)
  await expect(page.getByTestId('correction')).toHaveCount(0)
})

test('a text in the wrong keyboard layout finds its film, and the page says so', async ({ page }) => {
  await page.goto(`/films?q=${encodeURIComponent('пщваферук')}`)
  await expect(page.getByTestId('correction')).toHaveText('Показаны результаты для «godfather»')
  await expect(cards(page).first().locator('mark')).toHaveText(/godfather/i)
  await expect(search(page)).toHaveValue('пщваферук')
})

test.describe('on a phone', () => {
  test.use({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true })

  test('the list fits, and a tap opens a film', async ({ page }) => {
    await openCatalogue(page)
    await search(page).pressSequentially('the')
    await expect(suggestions(page).first()).toBeVisible()
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
    await suggestions(page).first().tap()
    await expect(page).toHaveURL(/\/films\/\d+$/)
  })
})

test.describe('when suggestions fail', () => {
  test.use({ networkFails: true })

  test('the search goes on without them', async ({ page }) => {
    await page.route('**/api/v1/suggest?*', (route) => route.fulfill({ status: 503, body: '{}' }))
    await openCatalogue(page)
    await search(page).pressSequentially('godfather')
    await expect(page).toHaveURL('/films?q=godfather')
    await expect(cards(page).first()).toContainText(/godfather/i)
    await expect(suggestions(page)).toHaveCount(0)
  })
})
