/**
 * Writes dist/sw.js: with it the app opens without a network, and shows again what was opened before.
 *
 * The app itself is kept ahead of its use; what the API has answered is kept as it is asked for, and only used when
 * the network does not answer. Pages are asked for first, too: the gateway puts what they are of into them.
 */
import { generateSW } from 'workbox-build'

const DAY = 24 * 60 * 60
const PATIENCE = 4

const networkFirst = (cacheName, maxEntries, more = {}) => ({
  handler: 'NetworkFirst',
  options: {
    cacheName,
    networkTimeoutSeconds: PATIENCE,
    expiration: { maxEntries, maxAgeSeconds: 30 * DAY },
    cacheableResponse: { statuses: [200] },
    ...more,
  },
})

const { count, size, warnings } = await generateSW({
  globDirectory: 'dist',
  // The fonts of the two languages; others are loaded when a title needs them.
  globPatterns: [
    'index.html',
    'boot.js',
    'manifest.webmanifest',
    'icons/favicon.svg',
    'assets/*.{js,css}',
    'assets/{golos-text,unbounded}-{latin,cyrillic}-wght-normal-*.woff2',
  ],
  swDest: 'dist/sw.js',
  // Names in assets/ have a hash of their content.
  dontCacheBustURLsMatching: /^assets\//,
  cacheId: 'filmoteka',
  cleanupOutdatedCaches: true,
  // "/" is a page that the gateway knows something of, and not the bare index.html: no file answers for a folder.
  directoryIndex: 'none',
  // The page's policy forbids importScripts.
  inlineWorkboxRuntime: true,
  sourcemap: false,
  mode: 'production',
  // A new version takes over when the visitor says so.
  skipWaiting: false,
  clientsClaim: true,
  runtimeCaching: [
    {
      urlPattern: ({ url }) => url.origin === self.origin && /^\/(films(\/\d+)?)?$/.test(url.pathname),
      ...networkFirst('filmoteka-pages', 60, { precacheFallback: { fallbackURL: '/index.html' } }),
    },
    {
      urlPattern: ({ url }) =>
        url.origin === self.origin && /^\/api\/v1\/(movies|home|genres)/.test(url.pathname),
      ...networkFirst('filmoteka-api', 300),
    },
    {
      urlPattern: ({ url }) => url.origin === self.origin && url.pathname.startsWith('/assets/'),
      handler: 'CacheFirst',
      options: { cacheName: 'filmoteka-assets', expiration: { maxEntries: 40, maxAgeSeconds: 365 * DAY } },
    },
  ],
})
warnings.forEach((warning) => console.warn(warning))
console.log(`dist/sw.js keeps ${count} files, ${Math.round(size / 1024)} KiB, ahead of their use`)
