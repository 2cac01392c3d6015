/**
 * npm run interactions: how long a visitor waits for the next paint after each press of a key or a button in the filters
 * of the Filmoteka at FILMOTEKA_URL (Event Timing, as Interaction to Next Paint takes it), with the processor at full
 * speed and four times slower. ROUNDS, 5: medians and the longest.
 */
import { chromium } from '@playwright/test'
import { args, executablePath } from './browser.mjs'

const baseURL = process.env.FILMOTEKA_URL ?? 'http://127.0.0.1:8080'
const rounds = Number(process.env.ROUNDS ?? 5)

const browser = await chromium.launch({ executablePath, args })

const films = (page) => page.getByRole('main').getByRole('article').first().waitFor()
const menu = (page, name) => page.getByRole('region', { name: 'Filters' }).getByRole('button', { name })
const panel = (page) => page.getByRole('dialog')

/** What is pressed, in this order. */
const STEPS = [
  ['open genres', (page) => menu(page, /^Genres/).click()],
  [
    'choose a genre',
    (page) =>
      panel(page)
        .getByRole('button', { name: /^Drama/ })
        .click(),
  ],
  ['leave one out', (page) => panel(page).getByRole('button', { name: 'Without genre “War”' }).click()],
  ['close', (page) => page.keyboard.press('Escape')],
  ['open years', (page) => menu(page, /^Years/).click()],
  [
    'choose a decade',
    (page) =>
      panel(page)
        .getByRole('button', { name: /^1990–1999: / })
        .click(),
  ],
  ['move the slider', (page) => panel(page).getByRole('slider').first().press('ArrowRight')],
  ['close', (page) => page.keyboard.press('Escape')],
  [
    'take a filter away',
    (page) =>
      page
        .getByRole('link', { name: /^Remove filter/ })
        .first()
        .click(),
  ],
  ['another order', (page) => page.getByLabel('Order').press('ArrowDown')],
  ['type a letter', (page) => page.getByRole('combobox', { name: 'Search films' }).press('n')],
  ['show more', (page) => page.getByRole('link', { name: 'Show more' }).click()],
]

async function round(slower) {
  const context = await browser.newContext({
    baseURL,
    locale: 'en-GB',
    viewport: { width: 1280, height: 900 },
    serviceWorkers: 'block',
  })
  const page = await context.newPage()
  await page.addInitScript(() => {
    window.longest = 0
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        if (entry.interactionId) window.longest = Math.max(window.longest, entry.duration)
      }
    }).observe({ type: 'event', durationThreshold: 16, buffered: true })
  })
  await page.goto('/films')
  await films(page)
  await menu(page, /^Genres/).waitFor()
  const cdp = await context.newCDPSession(page)
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: slower })
  const times = []
  for (const [, act] of STEPS) {
    await page.evaluate(() => (window.longest = 0))
    await act(page)
    await page.waitForLoadState('networkidle')
    await page.evaluate(() => new Promise((done) => setTimeout(done, 150)))
    times.push(await page.evaluate(() => window.longest))
  }
  await context.close()
  return times
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]
for (const slower of [1, 4]) {
  const all = []
  for (let count = 0; count < rounds; count++) all.push(await round(slower))
  console.log(slower === 1 ? 'processor at full speed' : `processor ${slower} times slower`)
  STEPS.forEach(([name], step) => {
    const times = all.map((times) => times[step])
    console.log(
      `  ${name.padEnd(20)} median ${String(median(times)).padStart(4)} ms, longest ${Math.max(...times)} ms`,
    )
  })
  console.log(
    `  all of them          longest of a visit, median ${median(all.map((times) => Math.max(...times)))} ms`,
  )
}
await browser.close()
