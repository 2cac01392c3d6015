import { cards, count, expect, openCatalogue, search, summary, test } from './app'

test('shows a wall of films, best rated first', async ({ page }) => {
  expect(await openCatalogue(page)).toBeGreaterThan(1000)
  await expect(cards(page)).toHaveCount(24)
  await expect(page).toHaveTitle('Каталог фильмов — Фильмотека')
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
  await expect(summary(page)).toContainText(/Найден/)
  await expect(search(page)).toBeFocused()

  await page.goBack()
  await expect(search(page)).toHaveValue('')
  await expect.poll(() => count(page)).toBe(all)
})

test('the order is chosen and kept in the address', async ({ page }) => {
  await openCatalogue(page)
  const best = await cards(page).first().innerText()
  await page.getByLabel('Порядок').selectOption('Новые по году')
  await expect(page).toHaveURL('/films?sort=year')
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
    '/films?page=2',
  )
  const first = await cards(page).first().innerText()

  await pages.getByRole('link', { name: 'Дальше' }).click()
  await expect(page).toHaveURL('/films?page=2')
  await expect(page).toHaveTitle('Каталог фильмов — страница 2 — Фильмотека')
  await expect(cards(page).first()).not.toHaveText(first)
  await expect.poll(() => page.evaluate(() => scrollY)).toBe(0)
  await expect(page.locator('main')).toBeFocused()

  await page.goBack()
  await expect(page).toHaveURL('/films')
  await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(300)
})

test('the size of a page is chosen, and kept in the address', async ({ page }) => {
  await openCatalogue(page)
  await page.getByLabel('На странице').selectOption('По 48')
  await expect(page).toHaveURL('/films?per_page=48')
  await expect(cards(page)).toHaveCount(48)
})

test('an address of a page behind the last one shows the last one', async ({ page }) => {
  await openCatalogue(page, '/films?genre=western&page=999')
  await expect(page).toHaveURL(/page=(?!999)\d+$/)
})

test('when nothing is found, one button takes the narrowest filter away', async ({ page }) => {
  await page.goto('/films?genre=western&year_from=1888&year_to=1890')
  await expect(page.getByRole('heading', { name: 'Ничего не нашлось' })).toBeVisible()
  await page.getByRole('link', { name: 'Убрать «1888–1890»' }).click()
  await expect(cards(page).first()).toBeVisible()
  await expect(page).toHaveURL('/films?genre=western')
})

test('the language is chosen and remembered', async ({ page }) => {
  await openCatalogue(page)
  await page.getByRole('banner').getByText('Eng', { exact: true }).click()
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
    await page.goto('/films?sort=title')
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
    await page.goto('/films?sort=title')
    await expect(page.getByRole('alert')).toContainText('Что-то сломалось у нас')
    await expect(page.getByRole('alert')).not.toContainText('500')
  })
})
