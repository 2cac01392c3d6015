import { cards, expect, openCatalogue, test } from './app'

test('a film opens from its card, and the way back leads to the same place', async ({ page }) => {
  await openCatalogue(page, '/?genre=drama&page=2')
  const card = cards(page).nth(20)
  const title = await card.getByRole('heading').innerText()
  await card.getByRole('link').click()
  await expect(page).toHaveURL(/\/films\/\d+$/)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(title)
  await expect(page).toHaveTitle(new RegExp('Фильмотека$'))
  await expect(page.locator('main')).toBeFocused()

  await page.getByRole('link', { name: 'К каталогу' }).click()
  await expect(page).toHaveURL('/?genre=drama&page=2')
  await expect(card).toBeInViewport()
})

test('the facts of a film lead on into the catalogue', async ({ page }) => {
  await openCatalogue(page, '/?genre=western')
  await cards(page).first().getByRole('link').click()
  await page.getByRole('definition').getByRole('link', { name: 'Вестерн' }).click()
  await expect(page).toHaveURL('/?genre=western')
})

test('a film that isn’t there and a page that isn’t there say so', async ({ page }) => {
  await page.goto('/no/such/page')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Такой страницы нет')
  await page.getByRole('link', { name: 'В каталог' }).click()
  await expect(cards(page).first()).toBeVisible()
})

test.describe('without such a film', () => {
  test.use({ networkFails: true })

  test('there is a way to the catalogue', async ({ page }) => {
    await page.goto('/films/999999999999')
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Такого фильма нет')
    await expect(page.getByRole('link', { name: 'В каталог', exact: true })).toBeVisible()
  })
})
