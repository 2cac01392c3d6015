// The sources and how they are. All that comes from sources is set as text, never as markup.
import { language, number, when, words } from '/words.js'
import { details } from '/details.js'
import { element } from '/element.js'

const CALM = 10_000
const LIVE = 1_000
const list = document.getElementById('sources')
const trouble = document.getElementById('trouble')
const rows = new Map() // by name: { item, update }
let timer = 0

async function call(path, method = 'GET') {
  const answer = await fetch(`/internal/v1${path}`, { method })
  const body = await answer.json()
  if (!answer.ok) throw new Error(body.detail || body.title)
  return body
}

function say(text) {
  trouble.textContent = text
  trouble.hidden = !text
}

function stateOf(source) {
  if (source.running) return 'running'
  return source.enabled || source.state !== 'ok' ? source.state : 'off'
}

const isBad = (source) => ['degraded', 'blocked', 'drifted'].includes(source.state)

function sparkline(history) {
  const most = Math.max(1, ...history.map((run) => run.films))
  const width = 100 / 20
  const bars = history.map((run, i) => {
    const height = Math.max(2, (run.films / most) * 30)
    const failed = run.end_reason && !['complete', 'limit'].includes(run.end_reason)
    return element('svg:rect', { class: failed ? 'failed' : '', x: i * width, y: 32 - height, width: width - 1, height })
  })
  const label = words.sparkline + history.map((run) => number(run.films)).join(', ')
  return element('svg:svg', { class: 'spark', viewBox: '0 0 100 32', preserveAspectRatio: 'none', role: 'img', 'aria-label': label }, ...bars)
}

function factsOf(source) {
  const facts = [source.kind, source.location]
  facts.push(source.schedule ? `${words.next} ${source.next_run_at ? when(source.next_run_at) : '–'}` : words.whenAsked)
  facts.push(source.last_run ? `${words.last} ${when(source.last_run.started_at)}: ${words.films(source.last_run.films)}` : words.never)
  return facts.filter(Boolean).join(' · ')
}

async function act(button, path) {
  button.disabled = true
  try {
    await call(path, 'POST')
    say('')
  } catch (error) {
    say(error.message)
  }
  button.disabled = false
  await refresh()
}

/** One source; `update` shows another state of it in place, so that focus and open details stay. */
function row(first) {
  let source = first
  const path = `/sources/${encodeURIComponent(source.name)}`
  const state = element('span', { class: 'state' })
  const facts = element('p', { class: 'facts' })
  const message = element('p', { class: 'message' })
  const spark = element('div', {})
  const place = element('div', { class: 'details', hidden: '' })
  const run = element('button', { type: 'button' }, words.run)
  const pause = element('button', { type: 'button' })
  const preview = element('button', { type: 'button' }, words.preview)
  const more = element('button', { type: 'button', 'aria-expanded': 'false' }, words.details)
  const open = async (what) => {
    const isSame = !place.hidden && place.dataset.what === what
    place.hidden = isSame
    place.dataset.what = what
    more.setAttribute('aria-expanded', String(!place.hidden && what === 'details'))
    more.textContent = !place.hidden && what === 'details' ? words.less : words.details
    if (isSame) return
    try {
      await details[what](place, source, call)
    } catch (error) {
      place.replaceChildren(element('p', { class: 'message' }, error.message))
    }
  }
  run.onclick = () => act(run, `${path}/run`)
  pause.onclick = () => act(pause, `${path}/${source.state === 'paused' ? 'resume' : 'pause'}`)
  preview.onclick = () => open('preview')
  more.onclick = () => open('details')
  const item = element('li', { class: 'source' },
    element('div', { class: 'row' },
      element('div', {}, element('h2', {}, source.title), element('p', {}, state), facts, message),
      spark,
      element('div', { class: 'buttons' }, run, pause, preview, more)),
    place)
  function update(next) {
    source = next
    const now = stateOf(source)
    state.textContent = words.states[now]
    state.classList.toggle('bad', isBad(source))
    facts.textContent = source.running ? words.live(source.last_run.films, source.last_run.rejected) : factsOf(source)
    message.textContent = source.message
    message.hidden = !source.message
    spark.replaceChildren(sparkline(source.history))
    run.disabled = source.running
    pause.textContent = source.state === 'paused' ? words.resume : words.pause
    pause.hidden = !source.schedule
    for (const button of [run, pause, preview, more])
      button.setAttribute('aria-label', `${button.textContent}: ${source.title}`)
  }
  update(source)
  return { item, update }
}

async function refresh() {
  clearTimeout(timer)
  let sources = []
  try {
    sources = (await call('/sources')).items
    if (trouble.textContent === words.away) say('')
  } catch {
    say(words.away)
    timer = setTimeout(refresh, LIVE * 2)
    return
  }
  for (const [name, { item }] of rows)
    if (!sources.some((source) => source.name === name)) {
      item.remove()
      rows.delete(name)
    }
  for (const source of sources) {
    if (rows.has(source.name)) rows.get(source.name).update(source)
    else {
      rows.set(source.name, row(source))
      list.append(rows.get(source.name).item)
    }
  }
  document.getElementById('summary').textContent =
    sources.length ? words.summary(sources.length, sources.filter(isBad).length) : words.none
  timer = setTimeout(refresh, sources.some((source) => source.running) ? LIVE : CALM)
}

document.documentElement.lang = language
document.title = words.title
refresh()
