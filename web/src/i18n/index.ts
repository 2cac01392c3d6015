import { watch } from 'vue'
import { createI18n } from 'vue-i18n'
import { locale, LOCALES, type Locale } from './locale'
import { en } from './messages.en'
import { ru } from './messages.ru'

declare module 'vue-i18n' {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type
  export interface DefineLocaleMessage extends Messages {}
}
type Messages = typeof ru

const RULES = Object.fromEntries(LOCALES.map((name) => [name, new Intl.PluralRules(name)])) as Record<
  Locale,
  Intl.PluralRules
>
const CATEGORIES: Record<Locale, Intl.LDMLPluralRule[]> = { ru: ['one', 'few', 'many'], en: ['one', 'other'] }

/** Which of the forms between | to take; fractions take the last one. */
export function pluralForm(count: number, forms: number, name: Locale): number {
  const index = CATEGORIES[name].indexOf(RULES[name].select(count))
  return index < 0 ? forms - 1 : Math.min(index, forms - 1)
}

export const i18n = createI18n({
  legacy: false,
  locale: locale.value,
  fallbackLocale: 'en',
  messages: { ru, en },
  pluralRules: {
    ru: (count, forms) => pluralForm(count, forms, 'ru'),
    en: (count, forms) => pluralForm(count, forms, 'en'),
  },
})

watch(locale, (chosen) => {
  i18n.global.locale.value = chosen
})
