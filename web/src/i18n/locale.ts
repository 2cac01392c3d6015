import { ref, watchEffect } from 'vue'
import { recall, remember } from '@/storage'

export const LOCALES = ['ru', 'en'] as const
export type Locale = (typeof LOCALES)[number]

const isLocale = (value: unknown): value is Locale => LOCALES.some((locale) => locale === value)

/** The visitor's own choice, else the first of his browser's languages that we speak, else English. */
export function preferredLocale(stored: string | null, languages: readonly string[]): Locale {
  if (isLocale(stored)) return stored
  return languages.map((language) => language.slice(0, 2).toLowerCase()).find(isLocale) ?? 'en'
}

export const locale = ref<Locale>(preferredLocale(recall('locale'), navigator.languages))

export function chooseLocale(choice: Locale): void {
  locale.value = choice
  remember('locale', choice)
}

watchEffect(() => {
  document.documentElement.lang = locale.value
})
