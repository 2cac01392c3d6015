import { createServer, get } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { BrowserContext, Page } from '@playwright/test'
import { cards, expect, test } from './app'

test.use({ serviceWorkers: 'allow', networkFails: true })

/** Opens a page with the worker in charge of it. */
async function withWorker(page: Page, context: BrowserContext, address: string) {
  await page.goto(address)
  if (context.serviceWorkers().length === 0) await context.waitForEvent('serviceworker')
  await page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated')
}

test('without a network the app opens, and shows what was opened before', async ({ page, context }) => {
  await withWorker(page, context, '/')
  await page.goto('/films?genre=western')
  await expect(cards(page).first()).toBeVisible()
  await cards(page).first().getByRole('link').click()
  const title = await page.getByRole('heading', { level: 1 }).innerText()
  await page.reload()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(title)

  await context.setOffline(true)
  await page.reload()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(title)
  await expect(page.getByText('Нет соединения. Показано то, что вы уже открывали.')).toBeVisible()
  await page.goto('/films?genre=western')
  await expect(cards(page).first()).toBeVisible()
  await page.goto('/')
  await expect(cards(page).first()).toBeVisible()

  // What was never opened is not there, and that is said.
  await page.goto('/films?genre=horror')
  await expect(page.getByRole('alert')).toContainText('Нет соединения')
  await context.setOffline(false)
  await page.getByRole('button', { name: 'Попробовать ещё раз' }).click()
  await expect(cards(page).first()).toBeVisible()
})

/** The same site, whose worker can become a newer one. Browsers let no test stand between them and a worker's script. */
async function siteWithNewerWorker(behind: string) {
  let isNewer = false
  const server = createServer((asked, answer) => {
    const pass = get(behind + asked.url!, { headers: { accept: asked.headers.accept } }, (from) => {
      const headers = { ...from.headers }
      delete headers['content-length']
      answer.writeHead(from.statusCode!, headers)
      from.pipe(answer, { end: false })
      from.on('end', () => answer.end(isNewer && asked.url === '/sw.js' ? '\n// newer' : ''))
    })
    pass.on('error', () => answer.destroy())
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    becomesNewer: () => (isNewer = true),
    server,
  }
}

test('a new version is offered, and taken when one says so', async ({ page, context, baseURL }) => {
  const site = await siteWithNewerWorker(baseURL!)
  await withWorker(page, context, site.url)
  await expect(page.getByText('Вышла новая версия Фильмотеки.')).toHaveCount(0)
  site.becomesNewer()
  await page.evaluate(async () => {
    await (await navigator.serviceWorker.getRegistration())!.update()
  })
  await expect(page.getByText('Вышла новая версия Фильмотеки.')).toBeVisible()
  const loaded = page.waitForEvent('load')
  await page.getByRole('button', { name: 'Обновить' }).click()
  await loaded
  await expect(cards(page).first()).toBeVisible()
  await expect(page.getByText('Вышла новая версия Фильмотеки.')).toHaveCount(0)
  site.server.close()
  site.server.closeAllConnections()
})
