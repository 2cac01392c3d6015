import { expect, test as base, type Page } from '@playwright/test'

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
export const genres = (page: Page) => page.getByRole('listbox', { name: 'Жанры' }).getByRole('option')
export const search = (page: Page) => page.getByRole('combobox', { name: 'Поиск фильмов' })
export const suggestions = (page: Page) =>
  page.getByRole('listbox', { name: 'Подсказки' }).getByRole('option')

/** How many films the heading says there are. */
export async function count(page: Page): Promise<number> {
  const text = await page.getByTestId('count').innerText()
  return Number(text.replaceAll(/\D/g, ''))
}

export async function openCatalogue(page: Page, address = '/'): Promise<number> {
  await page.goto(address)
  await expect(cards(page).first()).toBeVisible()
  return count(page)
}
