/**
 * npm run lighthouse [rules]: audits home, catalogue and a film of the Filmoteka at FILMOTEKA_URL as a phone sees them, and
 * says which of our limits are missed. Performance is the median of several runs: machines are noisy. LIGHTHOUSE_RUNS, 3.
 * "rules": without performance, once.
 */
import * as launcher from 'chrome-launcher'
import lighthouse from 'lighthouse'
import { args, executablePath } from './browser.mjs'

const RULES = { accessibility: 100, 'best-practices': 100, seo: 100 }
const onlyRules = process.argv[2] === 'rules'
const LIMITS = onlyRules ? RULES : { performance: 95, ...RULES }
const url = process.env.FILMOTEKA_URL ?? 'http://127.0.0.1:8080'
const runs = onlyRules ? 1 : Number(process.env.LIGHTHOUSE_RUNS ?? 3)
const metrics = {
  'first-contentful-paint': 'FCP',
  'largest-contentful-paint': 'LCP',
  'total-blocking-time': 'TBT',
  'cumulative-layout-shift': 'CLS',
}

const found = await (await fetch(`${url}/api/v1/movies?has_image=true&per_page=1`)).json()
const any = found.items[0] ?? (await (await fetch(`${url}/api/v1/movies?per_page=1`)).json()).items[0]
const pages = { home: '/', catalogue: '/films', film: `/films/${any.id}` }

const chrome = await launcher.launch({ chromePath: executablePath, chromeFlags: ['--headless=new', ...args] })
const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]
const failed = new Map()
let missed = 0

try {
  for (const [name, path] of Object.entries(pages)) {
    const reports = []
    for (let run = 0; run < runs; run++) {
      const { lhr } = await lighthouse(url + path, { port: chrome.port, onlyCategories: Object.keys(LIMITS) })
      reports.push(lhr)
    }
    const scores = Object.fromEntries(
      Object.keys(LIMITS).map((id) => [
        id,
        Math.round(median(reports.map((lhr) => lhr.categories[id].score * 100))),
      ]),
    )
    for (const [id, score] of Object.entries(scores)) {
      if (score < LIMITS[id]) missed++
      const refs = reports[0].categories[id].auditRefs.filter(({ weight }) => weight > 0)
      for (const { id: audit } of refs) {
        const { score: part, title } = reports[0].audits[audit]
        if (part !== null && part < (id === 'performance' ? 0.9 : 1)) failed.set(`${name}: ${audit}`, title)
      }
    }
    const times = Object.entries(onlyRules ? {} : metrics).map(([id, label]) => {
      const value = median(reports.map((lhr) => lhr.audits[id].numericValue))
      return `${label} ${id.endsWith('shift') ? value.toFixed(3) : `${Math.round(value)} ms`}`
    })
    console.log(
      `${name.padEnd(10)} ${Object.entries(scores)
        .map(([id, score]) => `${id} ${score}`)
        .join('  ')}   ${times.join('  ')}`,
    )
  }
} finally {
  await chrome.kill()
}
for (const [audit, title] of failed) console.log(`  ${audit}: ${title}`)
process.exit(missed > 0 ? 1 : 0)
