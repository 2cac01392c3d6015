// What is behind a source: its last runs, how full its films are, what was rejected; and what it would bring.
import { element } from '/element.js'
import { number, when, words } from '/words.js'

const text = (value) => (typeof value === 'string' ? value : JSON.stringify(value))

function section(title, ...content) {
  return [element('h3', {}, title), ...content]
}

function fill(filled) {
  const fields = Object.entries(filled).map(([field, share]) =>
    element('li', {},
      element('span', {}, field),
      element('meter', { min: 0, max: 1, low: 0.3, value: share, 'aria-label': field }),
      element('span', {}, `${Math.round(share * 100)} %`)))
  return element('ul', { class: 'fill' }, ...fields)
}

function table(titles, lines) {
  const cell = (name) => (value, i) => element(name, i > 1 ? { class: 'number' } : {}, value)
  return element('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': words.runs },
    element('table', {},
      element('thead', {}, element('tr', {}, ...titles.map(cell('th')))),
      element('tbody', {}, ...lines.map((line) => element('tr', {}, ...line.map(cell('td')))))))
}

function runs(items) {
  return table(
    [words.started, words.ended, words.found, words.fresh, words.changed, words.rejected, words.errors, words.took],
    items.map((run) => [when(run.started_at), run.end_reason ?? '…', number(run.films), number(run.new), number(run.changed),
      number(run.rejected), number(run.errors), run.duration_seconds === null ? '' : number(Math.round(run.duration_seconds))]))
}

function steps(fields) {
  return fields.map((field) => `${field.field}: ${field.steps.map((step) => `${step.name} → ${text(step.value)}`).join('; ')}`).join('\n')
}

function facts(item) {
  const list = element('dl', {})
  for (const [field, value] of Object.entries(item.film)) {
    if (field === 'title' || value === null || (Array.isArray(value) && !value.length)) continue
    const change = item.diff?.[field]
    list.append(element('dt', {}, field),
      element('dd', {}, ...(change ? [element('span', { class: 'was' }, text(change.before)), ' '] : []), text(value)))
  }
  return list
}

function previewed(item) {
  const shown = element('div', { class: 'item' })
  if (item.film) {
    const news = item.diff === null ? words.added : Object.keys(item.diff).length ? '' : words.stored
    shown.append(element('strong', {}, item.film.title), element('span', { class: 'quiet' }, news ? ` · ${news}` : ''), facts(item))
  } else if (item.reject) {
    shown.append(element('strong', {}, item.reject.reasons.map((reason) => `${reason.code}: ${reason.detail}`).join('; ')),
      element('p', { class: 'quiet' }, item.reject.excerpt))
  }
  const trace = steps(item.steps) + (item.details_url ? `\n\n${item.details_url}\n${steps(item.details_steps)}` : '')
  if (trace) shown.append(element('details', {}, element('summary', {}, words.steps), element('pre', { tabindex: 0 }, trace)))
  return shown
}

export const details = {
  async details(place, source, call) {
    const query = `source=${encodeURIComponent(source.name)}`
    const [last, rejects, saved] = await Promise.all([
      call(`/runs?${query}&limit=10`),
      call(`/rejects?${query}&limit=8`),
      source.state === 'ok' ? null : call(`/sources/${encodeURIComponent(source.name)}/saved-page`).catch(() => null),
    ])
    const content = []
    const run = last.items.find((one) => one.end_reason) // the one under way has not been judged yet
    if (run?.complaints.length) content.push(...section(words.complaints, ...run.complaints.map((one) => element('p', {}, one))))
    if (run && Object.keys(run.filled).length) content.push(...section(words.fill, fill(run.filled)))
    if (last.items.length) content.push(...section(words.runs, runs(last.items)))
    if (rejects.items.length)
      content.push(...section(words.rejects, ...rejects.items.map((one) => previewed({ reject: one, steps: [] }))))
    if (saved)
      content.push(...section(words.saved, element('p', {}, `${saved.what} · ${saved.url} · ${saved.status}`), element('pre', { tabindex: 0 }, saved.body)))
    place.replaceChildren(...(content.length ? content : [element('p', { class: 'quiet' }, words.never)]))
  },
  async preview(place, source, call) {
    place.replaceChildren(element('p', { class: 'quiet', role: 'status' }, words.previewing))
    const preview = await call(`/sources/${encodeURIComponent(source.name)}/preview?limit=5`, 'POST')
    const requests = preview.requests.map((one) => `${one.method} ${one.url} · ${one.status} ${one.outcome} · ${number(Math.round(one.seconds * 1000))} ms · ${number(one.bytes)} B`)
    place.replaceChildren(
      ...(preview.message ? [element('p', { class: 'message' }, preview.message)] : []),
      ...(preview.items.length ? preview.items.map(previewed) : [element('p', { class: 'quiet' }, words.nothing)]),
      ...(requests.length ? section(words.requests, element('pre', { tabindex: 0 }, requests.join('\n'))) : []))
  },
}
