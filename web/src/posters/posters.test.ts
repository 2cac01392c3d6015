import { describe, expect, it } from 'vitest'
import { drawPoster, drawStillPoster, POSTER_HEIGHT, POSTER_WIDTH, type Poster } from './draw'
import { syllables } from './hyphenate'
import { mixPalette } from './palette'
import { seeded } from './random'
import { typeset } from './typeset'
import { measure } from './widths'

const film = { id: 1, title: 'Бриллиантовая рука', year: 1968, genres: ['комедия'] }
const TITLES = [
  'M',
  '12 стульев',
  'Ёжик в тумане',
  'Достопримечательности провинциального городка',
  'Приключения Шерлока Холмса и доктора Ватсона: Собака Баскервилей',
  'Once in a Lifetime: the Extraordinary Story of the New York Cosmos',
  'Spider-Man',
  'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch',
  'А'.repeat(300),
  '七人の侍',
  '<script>alert(1)</script> & "co"',
]
const GENRES = ['драма', 'Comedy', 'horror', 'Western', 'ужасы', 'мюзикл', 'никакой', undefined]

const widest = ({ title }: Poster) =>
  Math.max(...title.lines.map((line) => line.x + measure(line.text, title.face) * title.size))

describe('a drawn poster', () => {
  it('is the same every time', () => {
    expect(drawPoster(film)).toEqual(drawPoster({ ...film }))
  })

  it('has its colours from the title, its composition from the rest', () => {
    const other = drawPoster({ ...film, id: 2, year: 1970 })
    expect(other.palette).toEqual(drawPoster(film).palette)
    expect(other.shapes).not.toEqual(drawPoster(film).shapes)
    expect(drawPoster({ ...film, title: 'Зеркало' }).palette).not.toEqual(other.palette)
  })

  it('does without a year and without a genre', () => {
    expect(drawPoster({ ...film, year: null, genres: [] })).toMatchObject({ year: null })
  })

  it.each(TITLES)('keeps its title on the sheet: %s', (title) => {
    for (const [id, genre] of GENRES.entries()) {
      const subject = { id, title, year: 1999, genres: genre ? [genre] : [] }
      for (const poster of [drawPoster(subject), drawStillPoster(subject)]) {
        expect(widest(poster)).toBeLessThanOrEqual(POSTER_WIDTH)
        for (const line of poster.title.lines) {
          expect(line.y).toBeGreaterThan(0)
          expect(line.y).toBeLessThan(POSTER_HEIGHT)
        }
        expect(poster.shapes.every((shape) => !/NaN|Infinity/.test(shape.d))).toBe(true)
      }
    }
  })
})

describe('a title', () => {
  const set = (title: string) => typeset(title, 170, 140)

  it('is big when short', () => {
    expect(set('Вий')).toMatchObject({ face: 'unbounded', size: 32, lines: ['Вий'] })
  })

  it('leaves no preposition at the end of a line', () => {
    for (const title of ['Ёжик в тумане', 'Москва и москвичи', 'The Man with the Golden Arm']) {
      for (const line of set(title).lines.slice(0, -1)) expect(line).not.toMatch(/(^|\s)(в|и|the)$/i)
    }
  })

  it('is hyphenated between syllables', () => {
    const { lines } = set('Достопримечательности')
    expect(lines.length).toBeGreaterThan(1)
    expect(lines.slice(0, -1).every((line) => line.endsWith('-'))).toBe(true)
    expect(lines.join('').replaceAll('-', '')).toBe('Достопримечательности')
  })

  it('is cut with an ellipsis when nothing else helps', () => {
    expect(set('Слово '.repeat(80)).lines.at(-1)).toMatch(/…$/)
  })

  it('loses no letter otherwise', () => {
    for (const title of TITLES.filter((text) => text.length < 80)) {
      const joined = set(title).lines.join('').replaceAll(/[-\s]/g, '')
      expect(joined).toBe(title.replaceAll(/[-\s]/g, ''))
    }
  })
})

describe('hyphens', () => {
  it.each([
    ['приключения', ['при', 'клю', 'че', 'ния']],
    ['подъезд', ['подъ', 'езд']],
    ['майка', ['май', 'ка']],
    ['кот', ['кот']],
  ])('%s', (word, parts) => {
    expect(syllables(word).join('')).toBe(word)
    expect(parts.join('')).toBe(word)
    // Every break we make is one of the right ones.
    const ends = (list: string[]) => list.map((_, i) => list.slice(0, i + 1).join('').length)
    expect(ends(parts)).toEqual(expect.arrayContaining(ends(syllables(word))))
  })
})

describe('the inks', () => {
  const parse = (ink: string) => /oklch\(([\d.]+) ([\d.]+) (\d+)\)/.exec(ink)!.slice(1).map(Number)

  /** Relative luminance of an oklch colour, by B. Ottosson's matrices, clipped to sRGB. */
  function luminance(ink: string): number {
    const [l, c, h] = parse(ink) as [number, number, number]
    const [a, b] = [c * Math.cos((h * Math.PI) / 180), c * Math.sin((h * Math.PI) / 180)]
    const [L, M, S] = [
      (l + 0.3963377774 * a + 0.2158037573 * b) ** 3,
      (l - 0.1055613458 * a - 0.0638541728 * b) ** 3,
      (l - 0.0894841775 * a - 1.291485548 * b) ** 3,
    ]
    const clip = (value: number) => Math.min(1, Math.max(0, value))
    return (
      0.2126 * clip(4.0767416621 * L - 3.3077115913 * M + 0.2309699292 * S) +
      0.7152 * clip(-1.2684380046 * L + 2.6097574011 * M - 0.3413193965 * S) +
      0.0722 * clip(-0.0041960863 * L - 0.7034186147 * M + 1.707614701 * S)
    )
  }

  it('let the title be read on every ground', () => {
    for (let i = 0; i < 300; i++) {
      const { ground, ink } = mixPalette(seeded(`film ${i}`))
      const [dark, light] = [luminance(ground), luminance(ink)].sort((a, b) => a - b) as [number, number]
      expect((light + 0.05) / (dark + 0.05)).toBeGreaterThan(4.5)
    }
  })
})
