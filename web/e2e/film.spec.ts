import { cards, expect, openCatalogue, test } from './app'

test('a film opens from its card, and the way back leads to the same place', async ({ page }) => {
  await openCatalogue(page, '/films?genre=drama&page=2')
  const card = cards(page).nth(20)
  const title = await card.getByRole('heading').innerText()
  await card.getByRole('link').click()
  await expect(page).toHaveURL(/\/films\/\d+$/)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(title)
  await expect(page).toHaveTitle(new RegExp('Фильмотека$'))
  await expect(page.locator('main')).toBeFocused()

  await page.getByRole('link', { name: 'К каталогу' }).click()
  await expect(page).toHaveURL('/films?genre=drama&page=2')
  await expect(card).toBeInViewport()
})

test('the facts of a film lead on into the catalogue', async ({ page }) => {
  await openCatalogue(page, '/films?genre=western')
  await cards(page).first().getByRole('link').click()
  await page.getByRole('definition').getByRole('link', { name: 'Вестерн' }).click()
  await expect(page).toHaveURL('/films?genre=western')
})

test.describe('without such a film', () => {
  test.use({ networkFails: true })

  test('a page that isn’t there says so, and by its status too', async ({ page }) => {
    expect((await page.goto('/no/such/page'))!.status()).toBe(404)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Такой страницы нет')
    await page.getByRole('link', { name: 'В каталог' }).click()
    await expect(cards(page).first()).toBeVisible()
  })

  test('there is a way to the catalogue', async ({ page }) => {
    expect((await page.goto('/films/999999999999'))!.status()).toBe(404)
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Такого фильма нет')
    await expect(page.getByRole('link', { name: 'В каталог', exact: true })).toBeVisible()
  })
})

test('a view is counted once a visit, and shows', async ({ page }) => {
  const counted: string[] = []
  page.on('request', (request) => {
    if (request.method() === 'POST') counted.push(new URL(request.url()).pathname)
  })
  await openCatalogue(page, '/films?genre=western')
  await cards(page).nth(2).getByRole('link').click()
  await expect(page.getByRole('definition').first()).toBeVisible()
  const id = /\d+$/.exec(page.url())![0]
  await page.reload()
  await expect(page.getByRole('definition').first()).toBeVisible()
  await page.goBack()
  await cards(page).nth(2).getByRole('link').click()
  await expect(page.getByRole('definition').first()).toBeVisible()
  expect(counted).toEqual([`/api/v1/movies/${id}/views`])
})

test('similar films lead on, and each is another page', async ({ page }) => {
  await openCatalogue(page, '/films?genre=western')
  await cards(page).first().getByRole('link').click()
  const similar = page
    .getByRole('main')
    .locator('section')
    .filter({ hasText: 'Похожие фильмы' })
    .getByRole('article')
  await expect(similar.first()).toBeVisible()
  const title = await similar.first().getByRole('heading').innerText()
  await similar.first().getByRole('link').click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(title)
  await expect.poll(() => page.evaluate(() => scrollY)).toBe(0)
})

test('the address of a film is copied', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.goto('/films/3')
  await page.getByRole('button', { name: 'Поделиться' }).click()
  await expect(page.getByText('Ссылка скопирована')).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(page.url())
})

test('a film is there before any request, and without scripts', async ({ browser, baseURL }) => {
  const context = await browser.newContext({ javaScriptEnabled: false, baseURL })
  const page = await context.newPage()
  await page.goto('/films/3')
  const title = (await page.title()).replace(/ \(\d+\) — Фильмотека$/, '')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(title)
  const data = await page.locator('script[type="application/ld+json"]').textContent()
  expect(JSON.parse(data!)).toMatchObject({ '@type': 'Movie', name: title })
  await context.close()

  const visit = await browser.newPage({ baseURL, serviceWorkers: 'block' })
  const asked: string[] = []
  visit.on('request', (request) => asked.push(new URL(request.url()).pathname))
  await visit.goto('/films/3')
  await expect(visit.getByRole('heading', { level: 1 })).toHaveText(title)
  await visit.waitForLoadState('networkidle')
  expect(asked.filter((path) => path.startsWith('/api/') && !path.endsWith('/views'))).toEqual([])
  await visit.close()
})
