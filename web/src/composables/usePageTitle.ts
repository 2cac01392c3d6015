import { toValue, watchEffect, type MaybeRefOrGetter } from 'vue'
import { useLocale } from '@/i18n/useLocale'

/** Names the page in the browser's tab; without parts it is the name of the site, and what the site is. */
export function usePageTitle(...parts: MaybeRefOrGetter<string | null | undefined>[]): void {
  const { t } = useLocale()
  watchEffect(() => {
    const names = parts.map((part) => toValue(part)).filter(Boolean)
    document.title = (names.length > 0 ? [...names, t('name')] : [t('name'), t('home.about')]).join(' — ')
  })
}
