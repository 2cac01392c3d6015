import { fileURLToPath } from 'node:url'
import type { Plugin } from 'vite'
import { defineConfig } from 'vite'

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** Redoc's bundle fetches its maker's logo from elsewhere, and asks for a module "null" that it does not need. */
function redocFromHere(): Plugin {
  return {
    name: 'redoc-from-here',
    enforce: 'pre',
    resolveId: (id) => (id === 'null' ? '\0nothing' : undefined),
    load: (id) => (id === '\0nothing' ? 'export default {}' : undefined),
    transform: {
      filter: { id: /redoc\.standalone\.js$/ },
      handler: (code) => code.replace('https://cdn.redoc.ly/redoc/logo-mini.svg', '/icons/favicon.svg'),
    },
  }
}

/** The page that shows the API's contract: built beside the app, of which it shares nothing. */
export default defineConfig({
  root: here('.'),
  base: '/docs/',
  publicDir: false,
  plugins: [redocFromHere()],
  build: {
    outDir: here('../dist/docs'),
    emptyOutDir: true,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1_500,
  },
})
