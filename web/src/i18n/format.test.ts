import { describe, expect, it } from 'vitest'
import {
  bindShortWords,
  formatAge,
  formatDuration,
  formatNumber,
  formatRating,
  formatYears,
  isoDuration,
} from './format'

describe('formats', () => {
  it.each([
    [6125, '1 ч 42 мин', '1 h 42 min'],
    [3600, '1 ч', '1 h'],
    [2700, '45 мин', '45 min'],
    [20, '1 мин', '1 min'],
  ])('a duration of %i s', (seconds, russian, english) => {
    expect(formatDuration(seconds, 'ru')).toBe(russian.replaceAll(' ', '\u00a0'))
    expect(formatDuration(seconds, 'en')).toBe(english.replaceAll(' ', '\u00a0'))
  })

  it('a duration for machines', () => {
    expect(isoDuration(6125)).toBe('PT102M')
  })

  it('a rating always has its decimal', () => {
    expect(formatRating(7, 'ru')).toBe('7,0')
    expect(formatRating(7.4, 'en')).toBe('7.4')
  })

  it('big numbers are grouped without a break', () => {
    expect(formatNumber(1240, 'ru')).toBe('1\u00a0240')
    expect(formatNumber(1240, 'en')).toBe('1,240')
  })

  it('years stand with an en dash, or alone', () => {
    expect(formatYears(1950, 1960)).toBe('1950–1960')
    expect(formatYears(1950, 1950)).toBe('1950')
  })

  it('an age has its plus', () => {
    expect(formatAge(16)).toBe('16+')
  })

  it('short Russian words hold on to the next one', () => {
    expect(bindShortWords('и в кино не пошёл')).toBe('и\u00a0в\u00a0кино не\u00a0пошёл')
  })
})
