// What an operator does on the scraper's page, in Chromium. Called by operator_page_test.py with the page's address and a
// folder for screenshots; prints what is wrong, a line each, and ends with 1 then.
import { createRequire } from 'node:module'

const require = createRequire(new URL('../../web/package.json', import.meta.url))
const { chromium } = require('playwright')
const axe = require.resolve('axe-core')
const [address, folder] = process.argv.slice(2)
const faults = []
const expect = (holds, what) => holds || faults.push(what)

const looks = {
  'ru-dark-desktop': { colorScheme: 'dark', locale: 'ru-RU', viewport: { width: 1280, height: 900 } },
  'en-light-phone': { colorScheme: 'light', locale: 'en-US', viewport: { width: 360, height: 800 } },
}

async function violations(page) {
  await page.addScriptTag({ path: axe })
  const { violations } = await page.evaluate(() => globalThis.axe.run())
  return violations.map(({ id, nodes }) => `${id} at ${nodes[0].html}`)
}

async function visit(browser, name, look) {
  const context = await browser.newContext(look)
  const page = await context.newPage()
  page.on('console', (message) => message.type() === 'error' && faults.push(`${name}: console: ${message.text()}`))
  page.on('pageerror', (error) => faults.push(`${name}: ${error.message}`))
  page.on('dialog', (dialog) => { faults.push(`${name}: a title ran as a script`); return dialog.dismiss() })
  await page.goto(address)
  const good = page.locator('.source', { hasText: 'Rutube' })
  const blocked = page.locator('.source', { hasText: '<img src=x onerror=alert(1)>' })
  await good.waitFor()
  expect((await blocked.count()) === 1, `${name}: a title with markup is not shown as text`)
  const label = look.locale === 'ru-RU' ? ['Запустить', 'Пауза', 'Предпросмотр', 'Подробно'] : ['Run', 'Pause', 'Preview', 'Details']
  const button = (row, i) => row.locator('button').nth(i)
  for (const [i, text] of label.entries()) expect((await button(good, i).textContent()) === text, `${name}: button ${text}`)

  // By the keyboard alone: run, and see it end.
  await button(good, 0).focus()
  await page.keyboard.press('Enter')
  await good.locator('.facts', { hasText: look.locale === 'ru-RU' ? '64 фильма' : '64 films' }).waitFor()
  await button(good, 2).click()
  await good.locator('.item strong').first().waitFor()
  expect((await good.locator('.item').count()) === 5, `${name}: five items are previewed`)
  await button(good, 3).click()
  await good.locator('.fill li').first().waitFor()
  await button(blocked, 0).click()
  await blocked.locator('.state.bad').waitFor()
  await button(blocked, 3).click()
  await blocked.locator('pre', { hasText: 'QRATOR' }).waitFor()
  const wide = await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth ? '' :
    [...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > innerWidth && !one.closest('.scroll')).map((one) => one.outerHTML.slice(0, 80)).at(-1))
  expect(!wide, `${name}: the page is wider than the window: ${wide}`)
  await page.screenshot({ path: `${folder}/${name}.png`, fullPage: true })
  await button(good, 1).click()
  await page.waitForFunction((word) => document.body.textContent.includes(word), look.locale === 'ru-RU' ? 'на паузе' : 'paused')
  await button(good, 1).click()
  await context.close()

  const lenient = await browser.newContext({ ...look, bypassCSP: true }) // axe is a script of ours, not the page's
  const again = await lenient.newPage()
  await again.goto(address)
  await again.locator('.source button').nth(3).click()
  await again.locator('.details:not([hidden]) h3').first().waitFor()
  for (const violation of await violations(again)) faults.push(`${name}: ${violation}`)
  await lenient.close()
}

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] })
try {
  for (const [name, look] of Object.entries(looks)) await visit(browser, name, look)
} catch (error) {
  faults.push(error.message)
}
await browser.close()
for (const fault of faults) console.log(fault)
process.exit(faults.length ? 1 : 0)
