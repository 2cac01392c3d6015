import { toValue, watchEffect, type MaybeRefOrGetter } from 'vue'
import { useLocale } from '@/i18n/useLocale'

/** Names the page in the browser's tab; without parts it is the name of the site. */
export function usePageTitle(...parts: MaybeRefOrGetter<string | null | undefined>[]): void {
  const { t } = useLocale()
  watchEffect(() => {
    document.title = [...parts.map((part) => toValue(part)), t('name')].filter(Boolean).join(' — ')
  })
}
