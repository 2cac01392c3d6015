import { cards, expect, test } from './app'

test.use({ locale: 'en-GB' })

test('the whole way in English: home, filters, a film', async ({ page }) => {
  await page.goto('/')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('What shall we watch?')
  await expect(page.getByTestId('total')).toContainText(/[\d,]+ films in the catalogue/)
  await page.getByRole('link', { name: 'Comedy: show all' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Comedy')
  await page.getByRole('button', { name: 'Years' }).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: /^1990–1999: [\d,]+ films$/ })
    .click()
  await expect(page).toHaveTitle('Comedy, 1990–1999 — Filmoteka')
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: 'Show more' }).click()
  await expect(cards(page)).toHaveCount(48)
  await cards(page).first().getByRole('link').click()
  await expect(page.getByRole('definition').first()).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Similar films' })).toBeVisible()
  await page.getByRole('link', { name: 'To the catalogue' }).click()
  await expect(page).toHaveURL('/films?genre=comedy&year_from=1990&year_to=1999&page=1-2')
})

test('nothing found, in English', async ({ page }) => {
  await page.goto('/films?genre=western&year_from=1888&year_to=1890')
  await expect(page.getByRole('heading', { name: 'Nothing found' })).toBeVisible()
  await page.getByRole('link', { name: 'Remove “1888–1890”' }).click()
  await expect(cards(page).first()).toBeVisible()
})
