import { VueQueryPlugin } from '@tanstack/vue-query'
import { flushPromises, mount } from '@vue/test-utils'
import { defineComponent, h, type Component } from 'vue'
import { createMemoryHistory, createRouter } from 'vue-router'
import { createCache } from '@/api/cache'
import { i18n } from '@/i18n'
import { locale } from '@/i18n/locale'

const Blank = defineComponent({ render: () => null })

/** Mounts a component at an address, with everything the app gives it. Russian, unless told. */
export async function render(component: Component, { at = '/', props = {}, language = 'ru' as const } = {}) {
  const router = createRouter({
    history: createMemoryHistory(),
    routes: [
      { path: '/', name: 'home', component: Blank },
      { path: '/films', name: 'catalogue', component: Blank },
      { path: '/films/:id', name: 'film', component: Blank },
    ],
  })
  await router.push(at)
  locale.value = language
  const wrapper = mount(component, {
    props,
    global: { plugins: [router, i18n, [VueQueryPlugin, { queryClient: createCache() }]] },
  })
  await flushPromises()
  return { wrapper, router }
}

/** Runs a composable where it could be used in the app. */
export async function run<T>(composable: () => T, options: Parameters<typeof render>[1] = {}) {
  let result!: T
  const Host = defineComponent({
    setup() {
      result = composable()
      return () => h('div')
    },
  })
  const rendered = await render(Host, options)
  return { result, ...rendered }
}
