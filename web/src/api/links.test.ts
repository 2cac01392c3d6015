import { describe, expect, it } from 'vitest'
import { safeUrl, watchLinks } from './links'

describe('links to sources', () => {
  it.each([
    'javascript:alert(1)',
    'data:text/html,x',
    'ftp://example.org/',
    '//example.org',
    '',
    'not a url',
  ])('refuse %s', (text) => {
    expect(safeUrl(text)).toBeNull()
  })

  it('are named, complete and not repeated', () => {
    const source = (name: string, url: string) => ({ source: name, source_id: '1', source_url: url })
    const links = watchLinks({
      sources: [
        source('rutube', 'https://rutube.ru/video/1/'),
        source('rutube', 'https://rutube.ru/video/1/'),
        source('other', 'http://www.example.org/film'),
        source('evil', 'javascript:alert(1)'),
      ],
    })
    expect(links.map((link) => [link.name, link.host])).toEqual([
      ['Rutube', 'rutube.ru'],
      ['example.org', 'example.org'],
    ])
  })
})
