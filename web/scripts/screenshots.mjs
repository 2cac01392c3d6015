/**
 * npm run screenshots [FOLDER]: pictures of each page and state, light and dark, phone and desktop, Russian and English,
 * of the Filmoteka at FILMOTEKA_URL. To be looked at.
 */
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { chromium } from '@playwright/test'
import { args, executablePath } from './browser.mjs'

const [folder = 'screenshots'] = process.argv.slice(2)
const baseURL = process.env.FILMOTEKA_URL ?? 'http://127.0.0.1:8080'
const only = process.env.ONLY ? new RegExp(process.env.ONLY) : /./

const SIZES = {
  desktop: { viewport: { width: 1440, height: 900 } },
  phone: { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true, deviceScaleFactor: 2 },
}

const films = (page) => page.getByRole('main').getByRole('article').first().waitFor()
const menu = (index) => async (page) => {
  await films(page)
  await page.locator('button.control[aria-haspopup]').nth(index).click()
  await page.getByRole('dialog').waitFor()
  await page.waitForLoadState('networkidle')
}
const answering = (pattern, answer) => (page) => page.route(pattern, answer)
const MOVIES = '**/api/v1/movies?*'

/** What is shown: an address, what is done before it is opened, and after. */
const SCENES = {
  home: { at: '/', then: films, whole: true },
  catalogue: { at: '/films', then: films },
  filtered: {
    at: '/films?genre=drama&genre_not=war&year_from=1990&year_to=2009&rating_from=7&page=1-2',
    then: films,
    whole: true,
  },
  genres: { at: '/films?genre=drama&genre_not=western', then: menu(0) },
  years: { at: '/films?year_from=1970&year_to=1999', then: menu(1) },
  more: { at: '/films?rating_from=7', then: menu(2) },
  search: { at: '/films?q=the+night', then: films },
  corrected: { at: `/films?q=${encodeURIComponent('пщваферук')}`, then: films },
  exact: {
    at: `/films?exact=1&q=${encodeURIComponent('пщваферук')}`,
    then: (page) => page.getByRole('main').getByRole('heading', { level: 2 }).waitFor(),
  },
  suggestions: {
    at: '/',
    async then(page) {
      await films(page)
      await page.getByRole('combobox').pressSequentially('godf')
      await page.getByRole('option').first().waitFor()
      await page.keyboard.press('ArrowDown')
    },
  },
  recent: {
    at: '/films?q=night',
    async then(page) {
      const field = page.getByRole('combobox', { includeHidden: false }).first()
      for (const text of ['godfather', 'star wars', 'night']) {
        await field.fill(text)
        await page.keyboard.press('Enter')
      }
      await field.fill('')
      await page.getByRole('option').first().waitFor()
    },
  },
  film: {
    at: '/films?q=godfather',
    async then(page) {
      await films(page)
      await page.getByRole('main').getByRole('article').first().getByRole('link').click()
      await page.getByRole('definition').first().waitFor()
    },
    whole: true,
  },
  empty: {
    at: '/films?genre=western&year_from=1888&year_to=1890',
    then: (page) => page.getByRole('main').getByRole('heading', { level: 2 }).waitFor(),
  },
  loading: {
    at: '/films?sort=title',
    before: answering(MOVIES, () => {}),
    then: (page) => page.waitForTimeout(4500),
  },
  broken: {
    at: '/films?sort=title',
    before: answering(MOVIES, (route) => route.fulfill({ status: 500, body: '{}' })),
    then: (page) => page.getByRole('alert').waitFor(),
  },
  busy: {
    at: '/films?sort=title',
    before: answering(MOVIES, (route) =>
      route.fulfill({ status: 429, headers: { 'Retry-After': '24' }, body: '{}' }),
    ),
    then: (page) => page.getByRole('alert').waitFor(),
  },
  offline: {
    at: '/films',
    async then(page) {
      await films(page)
      await page.context().setOffline(true)
      await page.locator('select').first().selectOption({ index: 3 })
      await page.getByRole('alert').waitFor()
    },
  },
  nofilm: { at: '/films/999999999', then: (page) => page.getByRole('alert').waitFor() },
  nowhere: { at: '/no/such/page', then: (page) => page.getByRole('heading', { level: 1 }).waitFor() },
}

async function take(browser, scene, { size, colorScheme, locale }) {
  const { at, before, then, whole } = SCENES[scene]
  const context = await browser.newContext({
    ...SIZES[size],
    baseURL,
    colorScheme,
    locale,
    reducedMotion: 'reduce',
    serviceWorkers: 'block',
  })
  const page = await context.newPage()
  await before?.(page)
  await page.goto(at)
  await then(page)
  await page.evaluate(() => document.fonts.ready)
  const name = [scene, size, colorScheme, locale.slice(0, 2)].join('-')
  await page.screenshot({ path: path.join(folder, `${name}.png`), fullPage: Boolean(whole) })
  await context.close()
  console.log(name)
}

await mkdir(folder, { recursive: true })
const browser = await chromium.launch({ executablePath, args })
for (const scene of Object.keys(SCENES)) {
  for (const size of Object.keys(SIZES)) {
    for (const colorScheme of ['dark', 'light']) {
      for (const locale of ['ru-RU', 'en-GB']) {
        const name = [scene, size, colorScheme, locale.slice(0, 2)].join('-')
        if (only.test(name)) await take(browser, scene, { size, colorScheme, locale })
      }
    }
  }
}
await browser.close()
