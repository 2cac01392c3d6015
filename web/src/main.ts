import '@/styles/main.css'
import { VueQueryPlugin } from '@tanstack/vue-query'
import { createApp } from 'vue'
import { createCache } from '@/api/cache'
import { i18n } from '@/i18n'
import { router } from '@/router'
import App from './App.vue'

createApp(App).use(i18n).use(router).use(VueQueryPlugin, { queryClient: createCache() }).mount('#app')
