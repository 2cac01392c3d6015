/**
 * Advance widths in hundredths of the type size, rounded up to 4, as the browser measures them:
 * Unbounded at weight 600, Golos Text at weight 800. A poster is set without asking the page for
 * sizes, so it is the same everywhere and costs no layout.
 */
export type Face = 'unbounded' | 'golos'

const TABLES: Record<Face, Record<number, string>> = {
  unbounded: {
    28: "  '",
    32: 'ijl.,:!’',
    36: 'I;',
    40: '-()',
    48: '/',
    52: '1"',
    56: 'rг',
    60: 'ft',
    64: '+',
    68: 'тГ–',
    72: 'xzзхь?«»',
    76: 'ceksvL7веёксчэя',
    80: 'hnouyEFJZ5бнопуЕЁ',
    84: 'abdgpqPRST23аийлрцъБЗРТЬ…',
    88: 'BKUX469дВКХЧЯ',
    92: 'DY08У',
    96: 'ACGHVАНПСЭ&',
    100: 'NOQыИЙЛО',
    104: 'мЦЪ',
    108: 'юД',
    112: 'Ы',
    116: 'wж',
    120: 'mш—',
    124: 'MщМ',
    128: 'фФЮ',
    136: 'WШ',
    140: 'Ж',
    144: 'Щ',
    152: '№',
  },
  golos: {
    28: "  '",
    32: 'ij’',
    36: 'lI.,:;!',
    40: 'fr-()',
    44: 't',
    48: 'г',
    52: 'z"/',
    56: 's17ть?–«»',
    60: 'acekuxFJLавеёзклсхчэяГ+',
    64: 'bdghnopqvyEZ2345бдийнопруцъЕЁ',
    68: 'PST0689РТЬ',
    72: 'BCDRБВЗСЧЭЯ&',
    76: 'AGHKNUVXYмАИЙКЛНПУХ—',
    80: 'OQфыДОЦЪ',
    84: 'жю',
    88: 'mwш',
    92: 'MщМ',
    96: 'ФЫ',
    100: 'Ю',
    104: 'Ш…',
    108: 'WЖЩ',
    116: '№',
  },
}

const UNKNOWN = 100

const WIDTHS = Object.fromEntries(
  Object.entries(TABLES).map(([face, table]) => [
    face,
    new Map(Object.entries(table).flatMap(([width, letters]) => [...letters].map((c) => [c, Number(width)]))),
  ]),
) as Record<Face, Map<string, number>>

/** Width of a text in units of the type size. */
export function measure(text: string, face: Face): number {
  let sum = 0
  for (const character of text.normalize('NFC')) {
    sum += WIDTHS[face].get(character) ?? WIDTHS[face].get(character.normalize('NFD')[0]!) ?? UNKNOWN
  }
  return sum / 100
}
