import { cards, expect, genre, openCatalogue, search, test } from './app'

test('the arrow keys walk over the films', async ({ page }) => {
  await openCatalogue(page)
  // In the first view the films come a few at a time.
  await expect(cards(page)).toHaveCount(24)
  const links = cards(page).getByRole('link')
  await links.first().focus()
  for (const [key, place] of [
    ['ArrowRight', 1],
    ['ArrowRight', 2],
    ['ArrowDown', 8],
    ['ArrowLeft', 7],
    ['ArrowUp', 1],
    ['ArrowLeft', 0],
    ['ArrowLeft', 0],
  ] as const) {
    await page.keyboard.press(key)
    await expect(links.nth(place)).toBeFocused()
  }
})

test('everything without a pointer: search, filter, more, a film, and back', async ({ page }) => {
  await page.goto('/')
  await expect(cards(page).first()).toBeVisible()
  await page.keyboard.press('/')
  await page.keyboard.type('the')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL('/films?q=the')
  await expect(cards(page).first()).toBeVisible()

  // From the field by Tab: language, theme, then the filters.
  const focus = () => page.evaluate(() => document.activeElement?.textContent?.trim() ?? '')
  const tabTo = async (text: RegExp) => {
    for (let step = 0; step < 80 && !text.test(await focus()); step++) await page.keyboard.press('Tab')
    expect(await focus()).toMatch(text)
  }
  await expect(page.getByRole('button', { name: 'Жанры' })).toBeEnabled()
  await search(page).focus()
  await tabTo(/^Жанры/)
  await page.keyboard.press('Enter')
  await page.keyboard.type('драм')
  await expect(genre(page, 'Драма')).toBeVisible()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Space')
  await expect(page).toHaveURL('/films?q=the&genre=drama')
  await page.keyboard.press('Escape')

  await tabTo(/^Показать ещё/)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL('/films?q=the&genre=drama&page=1-2')
  await expect(cards(page)).toHaveCount(48)

  await cards(page).first().getByRole('link').focus()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/films\/\d+$/)
  await page.keyboard.press('Tab')
  await expect(page.getByRole('link', { name: 'К каталогу' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL('/films?q=the&genre=drama&page=1-2')
})
