import type { Locale } from './locale'

const NBSP = '\u00a0'
const UNITS: Record<Locale, { hours: string; minutes: string; seconds: string }> = {
  ru: { hours: 'ч', minutes: 'мин', seconds: 'с' },
  en: { hours: 'h', minutes: 'min', seconds: 's' },
}

/** The first use of Intl takes a slow phone 50 ms, and a wall of posters needs no more than this of it. */
const DECIMAL_SIGNS: Record<Locale, string> = { ru: ',', en: '.' }

const STYLES = {
  whole: {},
  short: { notation: 'compact', maximumFractionDigits: 1 },
} satisfies Record<string, Intl.NumberFormatOptions>

const formatters = new Map<string, Intl.NumberFormat>()

/** Making a formatter takes longer than a page of numbers. */
function formatted(value: number, style: keyof typeof STYLES, locale: Locale): string {
  const key = `${style} ${locale}`
  const known = formatters.get(key) ?? new Intl.NumberFormat(locale, STYLES[style])
  formatters.set(key, known)
  return known.format(value)
}

export const formatNumber = (value: number, locale: Locale): string => formatted(value, 'whole', locale)

const FULL_UP_TO = 9_999

/** 1234567 → «1,2 млн»; what has four digits is told in full. */
export const formatCount = (value: number, locale: Locale): string =>
  formatted(value, value <= FULL_UP_TO ? 'whole' : 'short', locale)

/** 12 → «12 с». */
export const formatSeconds = (seconds: number, locale: Locale): string =>
  `${seconds}${NBSP}${UNITS[locale].seconds}`

/** 7.4 → «7,4»: one decimal always, so that a column of ratings is even. */
export const formatRating = (rating: number, locale: Locale): string =>
  rating.toFixed(1).replace('.', DECIMAL_SIGNS[locale])

/** 6125 s → «1 ч 42 мин». */
export function formatDuration(seconds: number, locale: Locale): string {
  const minutes = Math.max(1, Math.round(seconds / 60))
  const parts = [
    [Math.floor(minutes / 60), UNITS[locale].hours],
    [minutes % 60, UNITS[locale].minutes],
  ] as const
  return parts
    .filter(([value]) => value > 0)
    .map(([value, unit]) => `${value}${NBSP}${unit}`)
    .join(NBSP)
}

/** For `<time datetime>`: 6125 s → PT102M. */
export const isoDuration = (seconds: number): string => `PT${Math.max(1, Math.round(seconds / 60))}M`

/** «1950–1960», or one year when both ends are the same. */
export const formatYears = (from: number, to: number): string => (from === to ? `${from}` : `${from}–${to}`)

export const formatAge = (age: number): string => `${age}+`

/** Binds one- and two-letter Russian words to what follows them, so that no line ends with «в». */
export const bindShortWords = (text: string): string =>
  text.replace(/(?<=^|[\s(«])([А-Яа-яЁё]{1,2}) (?=\S)/gu, `$1${NBSP}`)
