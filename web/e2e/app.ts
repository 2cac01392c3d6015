import { expect, test as base, type Locator, type Page } from '@playwright/test'

interface Options {
  /** For tests that cut the network themselves: the browser then reports failed requests. */
  networkFails: boolean
}

/** Every test also checks that the page broke no policy and reported no error. */
export const test = base.extend<Options & { clean: undefined }>({
  networkFails: [false, { option: true }],
  clean: [
    async ({ page, baseURL, networkFails }, use) => {
      const problems: string[] = []
      page.on('pageerror', (error) => problems.push(`exception: ${error.message}`))
      page.on('console', (message) => {
        const failedLoad = message.text().startsWith('Failed to load resource')
        const foreign = !message.location().url.startsWith(baseURL!)
        // Pictures come from other sites, which a test machine may not reach.
        if (message.type() !== 'error' || (failedLoad && (networkFails || foreign))) return
        problems.push(`console: ${message.text()} ${message.location().url}`)
      })
      await page.addInitScript(() => {
        addEventListener('securitypolicyviolation', (event) =>
          console.error(`policy: ${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}`),
        )
      })
      await use(undefined)
      expect(problems).toEqual([])
    },
    { auto: true },
  ],
})

export { expect }

export const cards = (page: Page) => page.getByRole('main').getByRole('article')
/** The panel of a filter, once its button was pressed. */
export const panel = (page: Page) => page.getByRole('dialog')
export const genre = (page: Page, name: string) =>
  panel(page).getByRole('button', { name: new RegExp(`^${name}\\s+\\d`) })
export const withoutGenre = (page: Page, name: string) =>
  panel(page).getByRole('button', { name: `Без жанра «${name}»` })

export async function openFilter(page: Page, name: RegExp): Promise<void> {
  await page.getByRole('region', { name: 'Фильтры' }).getByRole('button', { name }).click()
  await expect(panel(page)).toBeVisible()
}

/** The number on a choice. */
export const amount = async (choice: Locator): Promise<number> =>
  Number((await choice.locator('span').last().innerText()).replaceAll(/\D/g, ''))

/** What a screen reader is told of the films. */
export const summary = (page: Page) => page.getByRole('main').getByRole('status').first()
export const search = (page: Page) => page.getByRole('combobox', { name: 'Поиск фильмов' })
export const suggestions = (page: Page) =>
  page.getByRole('listbox', { name: 'Подсказки' }).getByRole('option')

/** How many films the heading says there are. */
export async function count(page: Page): Promise<number> {
  const text = await page.getByTestId('count').innerText()
  return Number(text.replaceAll(/\D/g, ''))
}

export async function openCatalogue(page: Page, address = '/films'): Promise<number> {
  await page.goto(address)
  await expect(cards(page).first()).toBeVisible()
  return count(page)
}
