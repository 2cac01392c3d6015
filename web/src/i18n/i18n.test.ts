import { describe, expect, it } from 'vitest'
import { i18n, pluralForm } from '.'
import { preferredLocale } from './locale'
import { en } from './messages.en'
import { ru } from './messages.ru'

describe('plurals', () => {
  it.each([
    [0, 'фильмов'],
    [1, 'фильм'],
    [2, 'фильма'],
    [4, 'фильма'],
    [5, 'фильмов'],
    [11, 'фильмов'],
    [12, 'фильмов'],
    [21, 'фильм'],
    [22, 'фильма'],
    [111, 'фильмов'],
    [1001, 'фильм'],
  ])('Russian %i', (count, word) => {
    i18n.global.locale.value = 'ru'
    expect(i18n.global.t('catalogue.count', { total: count }, count)).toBe(`${count} ${word}`)
  })

  it.each([
    [0, 'films'],
    [1, 'film'],
    [2, 'films'],
    [21, 'films'],
  ])('English %i', (count, word) => {
    i18n.global.locale.value = 'en'
    expect(i18n.global.t('catalogue.count', { total: count }, count)).toBe(`${count} ${word}`)
  })

  it('never ask for a form that is not there', () => {
    expect(pluralForm(5, 2, 'ru')).toBe(1)
    expect(pluralForm(1.5, 3, 'ru')).toBe(2)
  })
})

describe('languages', () => {
  it('are the visitor’s choice, then the browser’s, then English', () => {
    expect(preferredLocale('en', ['ru-RU'])).toBe('en')
    expect(preferredLocale(null, ['de', 'ru-RU', 'en'])).toBe('ru')
    expect(preferredLocale('klingon', ['fr'])).toBe('en')
  })

  it('say the same things with the same values', () => {
    const values = (messages: object): unknown[] =>
      Object.entries(messages).flatMap(([key, message]) =>
        typeof message === 'string'
          ? [[key, [...new Set(message.match(/\{\w+\}/g) ?? [])]]]
          : values(message as object),
      )
    expect(values(en)).toEqual(values(ru))
  })
})
