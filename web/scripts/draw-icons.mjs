// Draws the favicon, the icons of the installed app and the picture for shared links: a reel and its beam.
// `npm run icons` after a change here; the results are committed. Needs Chromium at CHROMIUM or /usr/bin/chromium.
import { readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { chromium } from '@playwright/test'
import { args, executablePath } from './browser.mjs'

const OUT = new URL('../public/icons/', import.meta.url)
const NIGHT = '#14100c'
const IVORY = '#f1ece1'
const AMBER = '#f0b036'

/** On a sheet of 512 × 512; `scale` leaves room for masks that cut the edge. */
const mark = (scale) => `
  <g transform="translate(256 256) scale(${scale}) translate(-256 -256)">
    <path d="M196 218 496 96v320L196 294Z" fill="${AMBER}"/>
    <circle cx="176" cy="256" r="136" fill="${IVORY}"/>
    <circle cx="176" cy="256" r="46" fill="${NIGHT}"/>
  </g>`
const sheet = (radius, scale) => `
  <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512">
    <rect width="512" height="512" rx="${radius}" fill="${NIGHT}"/>${mark(scale)}
  </svg>`

const share = (font) => `
  <style>
    @font-face { font-family: Display; font-weight: 200 900; src: url(data:font/woff2;base64,${font}); }
    text { font: 500 84px Display; fill: ${IVORY}; }
  </style>
  <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1200 630">
    <rect width="1200" height="630" fill="${NIGHT}"/>
    <path d="M250 290 1200 20v590L250 350Z" fill="${AMBER}"/>
    <circle cx="236" cy="320" r="150" fill="${IVORY}"/>
    <circle cx="236" cy="320" r="50" fill="${NIGHT}"/>
    <text x="470" y="350" style="fill: ${NIGHT}">Фильмотека</text>
  </svg>`

const fontFile = createRequire(import.meta.url).resolve(
  '@fontsource-variable/unbounded/files/unbounded-cyrillic-wght-normal.woff2',
)
const font = (await readFile(fontFile)).toString('base64')
const pictures = [
  ['icon-192.png', 192, 192, sheet(96, 0.82)],
  ['icon-512.png', 512, 512, sheet(96, 0.82)],
  ['icon-maskable-512.png', 512, 512, sheet(0, 0.6)],
  ['apple-touch-icon.png', 180, 180, sheet(0, 0.74)],
  ['share.png', 1200, 630, share(font)],
]

await writeFile(new URL('favicon.svg', OUT), sheet(112, 0.86).trim().replace(/\n\s*/g, '') + '\n')

const browser = await chromium.launch({ executablePath, args })
for (const [name, width, height, picture] of pictures) {
  const page = await browser.newPage({ viewport: { width, height } })
  await page.setContent(`<style>body { margin: 0 } svg { display: block; width: 100% }</style>${picture}`)
  await page.evaluate(() => document.fonts.ready)
  await page.screenshot({ path: new URL(name, OUT).pathname, omitBackground: true })
  await page.close()
}
await browser.close()
