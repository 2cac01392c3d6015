import { ref, watch } from 'vue'
import { recall, remember } from '@/storage'

export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

const stored = recall('theme')
const theme = ref<Theme>(THEMES.find((known) => known === stored) ?? 'system')

/** The browser's own bars take the page's colour. */
function paintBrowserBars(): void {
  const ground = getComputedStyle(document.body).backgroundColor
  document
    .querySelectorAll('meta[name="theme-color"]')
    .forEach((meta) => meta.setAttribute('content', ground))
}

watch(
  theme,
  (chosen) => {
    if (chosen === 'system') delete document.documentElement.dataset.theme
    else document.documentElement.dataset.theme = chosen
    if (chosen !== 'system') paintBrowserBars()
  },
  { immediate: true },
)

export function useTheme() {
  const choose = (choice: Theme) => {
    theme.value = choice
    remember('theme', choice)
  }
  return { theme, choose }
}
