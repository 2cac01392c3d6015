// What the page says, in the language of the browser. Texts of sources are never here.
const ru = {
  title: 'Filmoteka: источники',
  summary: (n, bad) => `${n} ${plural(n, 'источник', 'источника', 'источников')}${bad ? `, ${bad} ${plural(bad, 'требует', 'требуют', 'требуют')} внимания` : ', всё в порядке'}`,
  states: { ok: 'в порядке', degraded: 'с перебоями', blocked: 'не пускают', drifted: 'сайт изменился', paused: 'на паузе', off: 'выключен', running: 'идёт сбор' },
  run: 'Запустить', pause: 'Пауза', resume: 'Продолжить', preview: 'Предпросмотр', details: 'Подробно', less: 'Свернуть',
  next: 'следующий сбор', last: 'последний', whenAsked: 'только по просьбе', never: 'ещё не было',
  films: (n) => `${number(n)} ${plural(n, 'фильм', 'фильма', 'фильмов')}`,
  live: (films, rejected) => `найдено ${number(films)}, отклонено ${number(rejected)}`,
  complaints: 'Что не так', fill: 'Заполненность полей', runs: 'Последние сборы', rejects: 'Почему отклонено', saved: 'Ответ, который не понят',
  started: 'Начат', ended: 'Чем кончился', found: 'Фильмов', fresh: 'Новых', changed: 'Изменилось', rejected: 'Отклонено', errors: 'Ошибок', took: 'Секунд',
  previewing: 'Смотрим, что пришлёт источник. Ничего не сохраняется…', nothing: 'Источник ничего не прислал.',
  stored: 'уже сохранён таким', added: 'новый', steps: 'Шаги', requests: 'Запросы',
  away: 'Сборщик не отвечает. Страница пробует снова сама.',
  none: 'Источников нет. Положите описание в папку sources и подождите две секунды.',
  sparkline: 'Фильмов в последних сборах: ',
}
const en = {
  title: 'Filmoteka: sources',
  summary: (n, bad) => `${n} source${n === 1 ? '' : 's'}${bad ? `, ${bad} need${bad === 1 ? 's' : ''} attention` : ', all is well'}`,
  states: { ok: 'ok', degraded: 'degraded', blocked: 'blocked', drifted: 'drifted', paused: 'paused', off: 'off', running: 'running' },
  run: 'Run', pause: 'Pause', resume: 'Resume', preview: 'Preview', details: 'Details', less: 'Less',
  next: 'next run', last: 'last', whenAsked: 'only when asked', never: 'never',
  films: (n) => `${number(n)} film${n === 1 ? '' : 's'}`,
  live: (films, rejected) => `${number(films)} found, ${number(rejected)} rejected`,
  complaints: 'What is wrong', fill: 'How full the fields are', runs: 'Last runs', rejects: 'Why records were rejected', saved: 'The answer that was not as expected',
  started: 'Started', ended: 'End', found: 'Films', fresh: 'New', changed: 'Changed', rejected: 'Rejected', errors: 'Errors', took: 'Seconds',
  previewing: 'Looking at what the source sends. Nothing is stored…', nothing: 'The source sent nothing.',
  stored: 'stored just so already', added: 'new', steps: 'Steps', requests: 'Requests',
  away: 'The scraper does not answer. The page tries again by itself.',
  none: 'There are no sources. Put a definition into the folder sources and wait two seconds.',
  sparkline: 'Films in the last runs: ',
}

export const language = navigator.language.startsWith('ru') ? 'ru' : 'en'
export const words = language === 'ru' ? ru : en

const rules = new Intl.PluralRules(language)
export function plural(n, one, few, many) {
  return { one, few, many, other: many }[rules.select(n)]
}

const numbers = new Intl.NumberFormat(language)
export function number(n) {
  return numbers.format(n)
}

const relative = new Intl.RelativeTimeFormat(language, { numeric: 'auto' })
/** "5 minutes ago", "in 2 hours". */
export function when(time) {
  const seconds = (new Date(time) - Date.now()) / 1000
  for (const [unit, size] of [['day', 86400], ['hour', 3600], ['minute', 60]])
    if (Math.abs(seconds) >= size) return relative.format(Math.round(seconds / size), unit)
  return relative.format(Math.round(seconds), 'second')
}
