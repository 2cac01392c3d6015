import '@/styles/main.css'
import { VueQueryPlugin } from '@tanstack/vue-query'
import { createApp } from 'vue'
import { createCache } from '@/api/cache'
import { takePageData } from '@/api/pageData'
import { rememberCatalogue } from '@/composables/useLastCatalogue'
import { whenPainted } from '@/firstPaint'
import { i18n } from '@/i18n'
import { router } from '@/router'
import App from './App.vue'

const queryClient = createCache()
takePageData(queryClient)
rememberCatalogue(router)
const app = createApp(App).use(i18n).use(router).use(VueQueryPlugin, { queryClient })
void whenPainted().then(() => app.mount('#app'))
