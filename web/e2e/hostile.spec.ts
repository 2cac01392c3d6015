import { cards, expect, openCatalogue, search, suggestions, test } from './app'

const METADATA = process.env.FILMOTEKA_METADATA ?? ''
const TITLE = `Zzyzx <img src=x onerror="document.title='owned'"> </script><script>alert(1)</script> {{7*7}} "'`
const DESCRIPTION = `<b onclick=alert(2)>кино</b>\n</script><script>document.title='owned'</script>`

// Straight into the catalogue, as a source that nobody has cleaned: what comes out of it is text everywhere.
test.beforeAll(async ({ request }) => {
  const answer = await request.post(`${METADATA}/internal/v1/movies:batch`, {
    data: [
      {
        source: 'hostile',
        source_id: '1',
        source_url: 'https://example.org/%22%3E%3Cscript%3E',
        title: TITLE,
        description: DESCRIPTION,
        genre: '<svg/onload=alert(4)>',
        cast: ['<iframe src=javascript:alert(5)>'],
        image_url: null,
      },
    ],
  })
  const { results } = await answer.json()
  expect(results[0].status, JSON.stringify(results)).toMatch(/created|unchanged/)
})

test('a title that carries scripts is shown as text, everywhere', async ({ page }) => {
  const dialogs: string[] = []
  page.on('dialog', (dialog) => {
    dialogs.push(dialog.message())
    void dialog.dismiss()
  })
  await openCatalogue(page, '/films?q=zzyzx')
  await expect(cards(page).first().getByRole('heading')).toContainText('<img src=x')
  await search(page).fill('zzyz')
  await expect(suggestions(page).first()).toContainText('<img src=x')
  await cards(page).first().getByRole('link').click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('</script><script>alert(1)</script>')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('{{7*7}}')
  await page.reload()
  await expect(page.getByRole('heading', { level: 1 })).toContainText('</script><script>alert(1)</script>')
  await expect(page).toHaveTitle(/^Zzyzx <img src=x/)
  expect(dialogs).toEqual([])
})
