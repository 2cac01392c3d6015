import { genreKey } from '@/i18n/genres'
import { pickMotif, type Shape } from './motifs'
import { mixPalette, type Palette } from './palette'
import { seeded } from './random'
import { typeset, type TypesetTitle } from './typeset'
import { measure } from './widths'

export const POSTER_WIDTH = 200
export const POSTER_HEIGHT = 300

/** What of a film is printed on its poster. */
export interface PosterFilm {
  id: number
  title: string
  year: number | null
  genres: readonly string[]
}

export interface Lettering {
  text: string
  x: number
  y: number
}

export interface Poster {
  palette: Palette
  shapes: Shape[]
  title: Omit<TypesetTitle, 'lines'> & { lines: Lettering[] }
  year: (Lettering & { size: number }) | null
}

const MARGIN = 15
const MEASURE = POSTER_WIDTH - 2 * MARGIN
const AIR = 16
const TITLE_HEIGHT = 140
const CAP_HEIGHT = 0.73

/** A frame of the film takes the sheet's upper part, down to here. */
export const STILL_HEIGHT = 150
const STILL_RULE = 5

/**
 * Draws the poster of a film that has no picture. The same film gets the same poster always: the
 * colours come from the title, the motif from the genre, the composition from all of it.
 */
export function drawPoster(film: PosterFilm): Poster {
  const random = seeded(`${film.title}\n${film.year}\n${film.id}`)
  const set = typeset(film.title, MEASURE, TITLE_HEIGHT)
  const motif = pickMotif(film.genres[0] && genreKey(film.genres[0]), random)
  const onTop = motif.grounded || random.pick([true, false])
  const height = set.lines.length * set.leading
  const top = onTop ? MARGIN + 2 : POSTER_HEIGHT - MARGIN - height
  const stage = onTop
    ? { top: top + height + AIR, bottom: POSTER_HEIGHT - AIR }
    : { top: AIR, bottom: top - AIR }

  return {
    palette: mixPalette(seeded(film.title)),
    shapes: motif.draw(random, stage),
    title: placeTitle(set, top),
    year: setYear(film.year, onTop),
  }
}

/** The sheet around a frame of the film: a rule of light under it, then the title. */
export function drawStillPoster(film: PosterFilm): Poster {
  const top = STILL_HEIGHT + STILL_RULE
  const set = typeset(film.title, MEASURE, POSTER_HEIGHT - top - 3 * AIR)
  return {
    palette: mixPalette(seeded(film.title)),
    shapes: [{ d: `M0 ${STILL_HEIGHT}h${POSTER_WIDTH}v${STILL_RULE}h-${POSTER_WIDTH}Z`, tone: 'light' }],
    title: placeTitle(set, top + MARGIN),
    year: setYear(film.year, true),
  }
}

function placeTitle({ lines, ...set }: TypesetTitle, top: number): Poster['title'] {
  const baseline = top + set.size * CAP_HEIGHT
  return {
    ...set,
    lines: lines.map((text, i) => ({ text, x: MARGIN, y: Math.round(baseline + i * set.leading) })),
  }
}

/** The year as a numeral as wide as the sheet, at the edge the title leaves free. */
function setYear(year: number | null, atBottom: boolean): Poster['year'] {
  if (year === null) return null
  const text = String(year)
  const size = Math.floor(MEASURE / measure(text, 'unbounded'))
  return {
    text,
    size,
    x: MARGIN,
    y: atBottom ? POSTER_HEIGHT - MARGIN : Math.round(MARGIN + size * CAP_HEIGHT),
  }
}
