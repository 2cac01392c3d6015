import { cards, expect, openCatalogue, search, test } from './app'

const MOVIES = '**/api/v1/movies?*'

test.use({ networkFails: true })

test('who asked too often is told how long to wait, and need not ask again', async ({ page }) => {
  let works = false
  await page.route(MOVIES, (route) =>
    works ? route.continue() : route.fulfill({ status: 429, headers: { 'Retry-After': '2' }, body: '{}' }),
  )
  await page.goto('/films?sort=title')
  await expect(page.getByRole('alert')).toContainText(/Слишком много запросов.*через [12]\u00a0с/s)
  works = true
  await expect(cards(page).first()).toBeVisible()
})

test('a slow answer is said to be slow', async ({ page }) => {
  let proceed = () => {}
  const gate = new Promise<void>((resolve) => (proceed = resolve))
  await page.route(MOVIES, async (route) => {
    await gate
    await route.continue()
  })
  await page.clock.install()
  await page.goto('/films?sort=title')
  await expect(page.getByText('Загрузка идёт дольше обычного')).toHaveCount(0)
  await page.clock.runFor(5000)
  await expect(page.getByText('Загрузка идёт дольше обычного')).toBeVisible()
  proceed()
  await expect(cards(page).first()).toBeVisible()
  await expect(page.getByText('Загрузка идёт дольше обычного')).toHaveCount(0)
})

test('without a network one is told so, wherever one is', async ({ page, context }) => {
  await openCatalogue(page)
  await context.setOffline(true)
  await expect(page.getByText('Нет соединения. Показано то, что вы уже открывали.')).toBeVisible()
  await context.setOffline(false)
  await expect(page.getByText('Нет соединения. Показано то, что вы уже открывали.')).toHaveCount(0)
})

test('a correction can be undone, and done again', async ({ page }) => {
  await openCatalogue(page, `/films?q=${encodeURIComponent('пщваферук')}`)
  await page.getByRole('link', { name: 'Искать только «пщваферук»' }).click()
  await expect(page).toHaveURL(/exact=1/)
  await expect(page.getByRole('heading', { name: 'Ничего не нашлось' })).toBeVisible()
  await expect(page.getByText('Искать похожее на «godfather»?')).toBeVisible()
  await page.getByRole('link', { name: 'Искать похожее', exact: true }).click()
  await expect(cards(page).first()).toContainText(/godfather/i)

  // Another text is another question.
  await page.goto(`/films?exact=1&q=${encodeURIComponent('пщваферук')}`)
  await search(page).fill('godfather')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL('/films?q=godfather')
})
