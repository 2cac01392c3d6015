import { describe, expect, it } from 'vitest'
import { safeUrl, sourceLinks } from './links'

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
    const { watch, read } = sourceLinks({
      sources: [
        source('rutube', 'https://rutube.ru/video/1/'),
        source('rutube', 'https://rutube.ru/video/1/'),
        source('other', 'http://www.example.org/film'),
        source('wikipedia', 'https://ru.wikipedia.org/wiki/X'),
        source('evil', 'javascript:alert(1)'),
      ],
    })
    expect(watch.map((link) => [link.source, link.host])).toEqual([
      ['rutube', 'rutube.ru'],
      ['other', 'example.org'],
    ])
    expect(read.map((link) => link.host)).toEqual(['ru.wikipedia.org'])
  })
})
