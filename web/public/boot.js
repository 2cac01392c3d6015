// Runs before the first paint, so that a chosen theme or language never flashes. The policy of the page forbids
// inline scripts. The language is chosen as in src/i18n/locale.ts.
;(function () {
  var root = document.documentElement
  var theme = null
  var language = null
  try {
    theme = localStorage.getItem('filmoteka.theme')
    language = localStorage.getItem('filmoteka.locale')
  } catch {
    // Storage may be forbidden; the system's theme and language it is.
  }
  if (theme === 'light' || theme === 'dark') root.dataset.theme = theme
  var known = [language].concat(navigator.languages).map(function (name) {
    return String(name).slice(0, 2).toLowerCase()
  })
  root.lang =
    known.filter(function (name) {
      return name === 'ru' || name === 'en'
    })[0] || 'en'
})()
