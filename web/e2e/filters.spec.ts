import {
  amount,
  cards,
  count,
  expect,
  genre,
  openCatalogue,
  openFilter,
  panel,
  test,
  withoutGenre,
} from './app'

test('a genre shows as many films as its number said, and a second one adds to them', async ({ page }) => {
  const all = await openCatalogue(page)
  await openFilter(page, /^Жанры/)
  const dramas = await amount(genre(page, 'Драма'))
  expect(dramas).toBeGreaterThan(100)
  await genre(page, 'Драма').click()
  await expect(page).toHaveURL('/films?genre=drama')
  await expect.poll(() => count(page)).toBe(dramas)
  expect(dramas).toBeLessThan(all)

  const comedies = await amount(genre(page, 'Комедия'))
  await genre(page, 'Комедия').click()
  await expect.poll(() => count(page)).toBeGreaterThan(dramas)
  expect(await count(page)).toBeLessThanOrEqual(dramas + comedies)
  await page.keyboard.press('Escape')
  const both = await count(page)

  await page.reload()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Драма, комедия')
  await expect.poll(() => count(page)).toBe(both)

  await page.getByRole('link', { name: 'Убрать фильтр «комедия»' }).click()
  await expect.poll(() => count(page)).toBe(dramas)
})

test('a genre is left out', async ({ page }) => {
  const all = await openCatalogue(page)
  await openFilter(page, /^Жанры/)
  const horrors = await amount(genre(page, 'Ужасы'))
  await withoutGenre(page, 'Ужасы').click()
  await expect(page).toHaveURL('/films?genre_not=horror')
  await expect.poll(() => count(page)).toBe(all - horrors)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Без: ужасы')

  // Wanted and left out is not both.
  await genre(page, 'Ужасы').click()
  await expect(page).toHaveURL('/films?genre=horror')
  await expect.poll(() => count(page)).toBe(horrors)
})

test('a genre can be found by keyboard', async ({ page }) => {
  await openCatalogue(page)
  // The filters come when the browser has time for them.
  await expect(page.getByRole('button', { name: 'Жанры' })).toBeEnabled()
  await page.getByRole('button', { name: 'Жанры' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByPlaceholder('Найти жанр')).toBeFocused()
  await page.keyboard.type('ужас')
  await expect(panel(page).getByRole('listitem')).toHaveCount(1)
  await page.keyboard.press('ArrowDown')
  await expect(genre(page, 'Ужасы')).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/genre=horror/)
  await page.keyboard.press('ArrowRight')
  await expect(withoutGenre(page, 'Ужасы')).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'Жанры: 1' })).toBeFocused()
})

test('years: by a decade, by the fields, by the slider', async ({ page }) => {
  const all = await openCatalogue(page)
  await openFilter(page, /^Годы/)
  const decade = panel(page).getByRole('button', { name: /^1950–1959: / })
  const films = Number((await decade.getAttribute('aria-label'))!.split(':')[1]!.replaceAll(/\D/g, ''))
  await decade.click()
  await expect(page).toHaveURL('/films?year_from=1950&year_to=1959')
  await expect.poll(() => count(page)).toBe(films)

  await panel(page).getByRole('textbox', { name: 'Год, по' }).fill('1960')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL('/films?year_from=1950&year_to=1960')
  await expect(page).toHaveTitle('1950–1960 — Фильмотека')
  await expect.poll(() => count(page)).toBeGreaterThan(films)
  for (const text of await cards(page).allInnerTexts()) expect(text).toMatch(/19(5\d|60)/)

  await panel(page).getByRole('slider', { name: 'Год, с' }).focus()
  await page.keyboard.press('ArrowRight')
  await expect(page).toHaveURL('/films?year_from=1951&year_to=1960')
  await panel(page).getByRole('button', { name: 'Любой год' }).click()
  await expect(page).toHaveURL('/films')
  await expect.poll(() => count(page)).toBe(all)
})

test('rating, duration, age and source show as many films as their numbers said', async ({ page }) => {
  await openCatalogue(page)
  const { facets } = await (
    await page.request.get('/api/v1/movies?facets=rating,age_rating&per_page=1')
  ).json()
  test.skip(facets.rating.length === 0 || facets.age_rating.length === 0, 'a catalogue without ratings')
  for (const [group, choice, address] of [
    ['Оценка', /От 8/, 'rating_from=8'],
    ['Длительность', /От 2\sч/, 'duration_from=120'],
    ['Возраст зрителя', /До 16\+/, 'age_rating_to=16'],
    ['Источник', /starter/, 'source=starter'],
  ] as const) {
    await openFilter(page, /^Фильтры/)
    const label = panel(page).getByRole('group', { name: group }).locator('label').filter({ hasText: choice })
    const films = await amount(label)
    await label.click()
    await expect(page).toHaveURL(`/films?${address}`)
    await expect.poll(() => count(page)).toBe(films)
    await page.keyboard.press('Escape')
    await page.getByRole('list', { name: 'Выбранные фильтры' }).getByRole('link').click()
    await expect(page).toHaveURL('/films')
  }
})

test('filters work on what was searched for, and all of them go at once', async ({ page }) => {
  await openCatalogue(page, '/films?q=night')
  const found = await count(page)
  await openFilter(page, /^Жанры/)
  const horrors = await amount(genre(page, 'Ужасы'))
  expect(horrors).toBeLessThan(found)
  await genre(page, 'Ужасы').click()
  await expect.poll(() => count(page)).toBe(horrors)
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: 'Сбросить всё' }).click()
  await expect(page).toHaveURL('/films')
})

test('the catalogue is remembered as it was left', async ({ page }) => {
  await openCatalogue(page, '/films?genre=western&sort=year&page=2')
  await page.getByRole('link', { name: 'Фильмотека' }).click()
  await expect(page).toHaveURL('/')
  await page.reload()
  await page.getByRole('navigation', { name: 'Разделы' }).getByRole('link', { name: 'Каталог' }).click()
  await expect(page).toHaveURL('/films?genre=western&sort=year')
})
