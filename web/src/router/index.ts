import { createRouter, createWebHistory } from 'vue-router'
import CataloguePage from '@/pages/CataloguePage.vue'
import FilmPage from '@/pages/FilmPage.vue'
import HomePage from '@/pages/HomePage.vue'
import NotFoundPage from '@/pages/NotFoundPage.vue'
import { scrollBehavior } from './scroll'
import { installTransitions } from './transitions'

export const router = createRouter({
  history: createWebHistory(),
  scrollBehavior,
  routes: [
    { path: '/', name: 'home', component: HomePage },
    { path: '/films', name: 'catalogue', component: CataloguePage },
    {
      path: '/films/:id([1-9]\\d{0,14})',
      name: 'film',
      component: FilmPage,
      props: (route) => ({ id: Number(route.params.id) }),
    },
    { path: '/:path(.*)*', name: 'nowhere', component: NotFoundPage },
  ],
})

installTransitions(router)
