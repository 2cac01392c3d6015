import { expect, test } from './app'

for (const address of ['/docs', '/api/v1/docs']) {
  test(`${address} shows the contract, and asks nobody else`, async ({ page, baseURL }) => {
    const elsewhere: string[] = []
    page.on('request', (request) => {
      const url = request.url()
      if (!url.startsWith(baseURL!) && !url.startsWith('data:')) elsewhere.push(url)
    })
    await page.goto(address)
    await expect(page.getByRole('heading', { name: 'Filmoteka', exact: false, level: 1 })).toBeVisible()
    for (const operation of [
      'A page of films',
      'One film with everything that is known of it',
      'Counts a view of a film',
    ]) {
      await expect(page.getByRole('heading', { name: operation, level: 2 })).toBeVisible()
    }
    await page.getByRole('heading', { name: 'A page of films', level: 2 }).scrollIntoViewIfNeeded()
    await expect(page.getByText('/movies', { exact: true }).first()).toBeVisible()
    await page.waitForLoadState('networkidle')
    expect(elsewhere).toEqual([])
  })
}
