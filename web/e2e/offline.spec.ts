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
