import { cards, count, expect, genres, openCatalogue, search, test } from './app'

test('shows a wall of films, best rated first', async ({ page }) => {
  expect(await openCatalogue(page)).toBeGreaterThan(1000)
  await expect(cards(page)).toHaveCount(24)
  await expect(page).toHaveTitle('Фильмотека')
  const ratings = await cards(page)
    .getByLabel(/Оценка/)
    .allInnerTexts()
  const numbers = ratings.map((rating) => Number(rating.replace(',', '.')))
  expect(numbers).toEqual([...numbers].sort((a, b) => b - a))
})

test('search narrows as one types, and Back undoes it', async ({ page }) => {
  const all = await openCatalogue(page)
  await page.keyboard.press('/')
  await expect(search(page)).toBeFocused()
  await page.keyboard.type('godfather')
  await expect(page).toHaveURL(/q=godfather$/)
  await expect.poll(() => count(page)).toBeLessThan(all)
  await expect(cards(page).first()).toContainText(/godfather/i)
  await expect(page.getByRole('status')).toContainText(/Найден/)
  await expect(search(page)).toBeFocused()

  await page.goBack()
  await expect(search(page)).toHaveValue('')
  await expect.poll(() => count(page)).toBe(all)
})

test('a genre filter changes the count and the address, and a reload keeps it', async ({ page }) => {
  const all = await openCatalogue(page)
  await page.getByRole('button', { name: 'Жанры' }).click()
  await genres(page)
    .filter({ hasText: /^\s*Драма/ })
    .click()
  await expect(page).toHaveURL(/genre=drama/)
  await expect.poll(() => count(page)).toBeLessThan(all)
  const dramas = await count(page)

  await genres(page)
    .filter({ hasText: /^\s*Комедия/ })
    .click()
  await expect.poll(() => count(page)).toBeGreaterThan(dramas)
  await page.keyboard.press('Escape')
  const both = await count(page)

  await page.reload()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Драма, комедия')
  await expect.poll(() => count(page)).toBe(both)

  await page.getByRole('link', { name: 'Убрать фильтр «комедия»' }).click()
  await expect.poll(() => count(page)).toBe(dramas)
})

test('a genre can be found by keyboard', async ({ page }) => {
  await openCatalogue(page)
  await page.getByRole('button', { name: 'Жанры' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByPlaceholder('Найти жанр')).toBeFocused()
  await page.keyboard.type('ужас')
  await expect(genres(page)).toHaveCount(1)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/genre=horror/)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'Жанры: 1' })).toBeFocused()
})

test('years narrow the catalogue', async ({ page }) => {
  const all = await openCatalogue(page)
  await page.getByLabel('Год, с').fill('1950')
  await page.getByLabel('Год, по').fill('1960')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/year_from=1950&year_to=1960/)
  await expect(page).toHaveTitle('1950–1960 — Фильмотека')
  await expect.poll(() => count(page)).toBeLessThan(all)
  for (const text of await cards(page).allInnerTexts()) expect(text).toMatch(/19(5\d|60)/)
})

test('the order is chosen and kept in the address', async ({ page }) => {
  await openCatalogue(page)
  const best = await cards(page).first().innerText()
  await page.getByLabel('Порядок').selectOption('Новые по году')
  await expect(page).toHaveURL('/?sort=year')
  await expect.poll(() => cards(page).first().innerText()).not.toBe(best)
  const newest = await cards(page).first().innerText()
  await page.reload()
  await expect.poll(() => cards(page).first().innerText()).toBe(newest)
})

test('pages are links, and Back returns to the place one left', async ({ page }) => {
  await openCatalogue(page)
  const pages = page.getByRole('navigation', { name: 'Страницы' })
  await expect(pages.getByRole('link', { name: 'Страница 2', exact: true })).toHaveAttribute(
    'href',
    '/?page=2',
  )
  const first = await cards(page).first().innerText()

  await pages.getByRole('link', { name: 'Дальше' }).click()
  await expect(page).toHaveURL('/?page=2')
  await expect(page).toHaveTitle('страница 2 — Фильмотека')
  await expect(cards(page).first()).not.toHaveText(first)
  await expect.poll(() => page.evaluate(() => scrollY)).toBe(0)
  await expect(page.locator('main')).toBeFocused()

  await page.goBack()
  await expect(page).toHaveURL('/')
  await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(300)
})

test('an address of a page behind the last one shows the last one', async ({ page }) => {
  await openCatalogue(page, '/?genre=western&page=999')
  await expect(page).toHaveURL(/page=\d\b/)
})

test('when nothing is found, one button takes the narrowest filter away', async ({ page }) => {
  await page.goto('/?genre=western&year_from=1888&year_to=1890')
  await expect(page.getByRole('heading', { name: 'Ничего не нашлось' })).toBeVisible()
  await page.getByRole('link', { name: 'Убрать «1888–1890»' }).click()
  await expect(cards(page).first()).toBeVisible()
  await expect(page).toHaveURL('/?genre=western')
})

test('the language is chosen and remembered', async ({ page }) => {
  await openCatalogue(page)
  await page.getByText('Eng', { exact: true }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('All films')
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  await page.reload()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('All films')
})

test('the theme is chosen and remembered', async ({ page }) => {
  await openCatalogue(page)
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  const dark = await ground()
  await page.getByRole('banner').getByTitle('Светлое').click()
  await expect.poll(ground).not.toBe(dark)
  const light = await ground()
  await page.reload()
  await expect.poll(ground).toBe(light)
  await page.getByRole('banner').getByTitle('Как в системе').click()
  await expect.poll(ground).toBe(dark)
})

test.describe('when the network fails', () => {
  test.use({ networkFails: true })

  test('it says so, and trying again helps', async ({ page }) => {
    await page.route('**/api/v1/movies?*', (route) => route.abort())
    await page.goto('/')
    await expect(page.getByRole('alert')).toContainText('Не удалось связаться')
    await page.unroute('**/api/v1/movies?*')
    await page.getByRole('button', { name: 'Попробовать ещё раз' }).click()
    await expect(cards(page).first()).toBeVisible()
  })

  test('being offline is told from a broken server', async ({ page, context }) => {
    await openCatalogue(page)
    await context.setOffline(true)
    await page.getByLabel('Порядок').selectOption('По названию')
    await expect(page.getByRole('alert')).toContainText('Нет соединения')
    await context.setOffline(false)
    await page.getByRole('button', { name: 'Попробовать ещё раз' }).click()
    await expect(cards(page).first()).toBeVisible()
  })

  test('a broken server is never called by a number', async ({ page }) => {
    await page.route('**/api/v1/movies?*', (route) => route.fulfill({ status: 500, body: '{}' }))
    await page.goto('/')
    await expect(page.getByRole('alert')).toContainText('Что-то сломалось у нас')
    await expect(page.getByRole('alert')).not.toContainText('500')
  })
})
