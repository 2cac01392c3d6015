import type { Random } from './random'

/** One printed form. With `width` it is a line of that thickness, otherwise a filled area. */
export interface Shape {
  d: string
  tone: 'light' | 'deep' | 'ground' | 'ink'
  width?: number
}

/** The part of the 200 × 300 sheet that the title leaves free. */
export interface Stage {
  top: number
  bottom: number
}

type Motif = (random: Random, stage: Stage) => Shape[]

const WIDTH = 200
const HEIGHT = 300

const n = (value: number) => Math.round(value * 10) / 10
const range = (count: number) => Array.from({ length: count }, (_, i) => i)
const middle = ({ top, bottom }: Stage) => (top + bottom) / 2

const circle = (x: number, y: number, r: number) =>
  `M${n(x - r)} ${n(y)}a${n(r)} ${n(r)} 0 1 0 ${n(2 * r)} 0a${n(r)} ${n(r)} 0 1 0 ${n(-2 * r)} 0Z`
const polygon = (...points: [number, number][]) => `M${points.map(([x, y]) => `${n(x)} ${n(y)}`).join('L')}Z`
const band = (y: number, height: number) => polygon([0, y], [WIDTH, y], [WIDTH, y + height], [0, y + height])
/** The upper half of a disc. */
const dome = (x: number, y: number, r: number) => `M${n(x - r)} ${n(y)}a${n(r)} ${n(r)} 0 0 1 ${n(2 * r)} 0Z`

/** A circle of light, half in eclipse. */
const light: Motif = (random, stage) => {
  const r = random.between(58, 84)
  const x = random.between(70, 130)
  const y = middle(stage)
  const side = random.pick([-1, 1])
  return [
    { d: circle(x + side * r * 0.5, y + r * 0.22, r * 1.12), tone: 'deep' },
    { d: circle(x, y, r), tone: 'light' },
    ...random.pick<Shape[]>([[], [{ d: circle(x - side * r * 0.42, y - r * 0.1, r * 0.5), tone: 'ground' }]]),
  ]
}

/** A door stands open, and light falls on the floor. */
const door: Motif = (random, stage) => {
  const height = (stage.bottom - stage.top) * random.between(0.56, 0.66)
  const width = height * random.between(0.42, 0.5)
  const x = random.between(40, 160 - width)
  const floor = stage.top + height
  const lean = random.pick([-1, 1]) * random.between(30, 60)
  const spread = 22
  return [
    { d: band(floor, HEIGHT), tone: 'deep' },
    {
      d: polygon(
        [x, stage.top],
        [x + width, stage.top],
        [x + width, floor],
        [x + width + lean + spread, HEIGHT],
        [x + lean - spread, HEIGHT],
        [x, floor],
      ),
      tone: 'light',
    },
  ]
}

/** A staircase that leads up, or down. */
const stairs: Motif = (random, stage) => {
  const count = random.pick([5, 6, 7])
  const up = random.pick([true, false])
  const run = WIDTH / count
  const rise = (stage.bottom - stage.top - 30) / count
  const outline = range(count).map((i) => {
    const y = stage.bottom - (up ? i + 1 : count - i) * rise
    return `V${n(y)}h${n(run)}`
  })
  return [
    { d: circle(up ? 52 : 148, stage.top + 46, random.between(26, 38)), tone: 'light' },
    { d: `M0 ${HEIGHT}${outline.join('')}V${HEIGHT}Z`, tone: 'deep' },
  ]
}

/** Bars that cut across the sheet. */
const diagonal: Motif = (random, stage) => {
  const height = stage.bottom - stage.top
  const rise = random.pick([-1, 1]) * height * random.between(0.4, 0.6)
  const thickness = height * random.between(0.22, 0.28)
  const y = middle(stage)
  const bar = (offset: number, height: number) =>
    polygon(
      [0, y + offset + rise / 2],
      [WIDTH, y + offset - rise / 2],
      [WIDTH, y + offset + height - rise / 2],
      [0, y + offset + height + rise / 2],
    )
  return [
    { d: bar(-thickness * 1.25, thickness * 2.5), tone: 'deep' },
    { d: bar(-thickness / 2, thickness), tone: 'light' },
    { d: bar(thickness * 0.85, 7), tone: 'light' },
  ]
}

/** Light through a blind: stripes that grow thinner. */
const stripes: Motif = (random, stage) => {
  const count = random.pick([7, 8, 9])
  const step = (stage.bottom - stage.top) / count
  const down = random.pick([true, false])
  const moon = circle(random.between(62, 138), middle(stage), Math.min(66, step * count * 0.36))
  const bars = range(count).map((i): Shape => {
    const share = (down ? count - i : i + 1) / (count + 1)
    return { d: band(stage.top + i * step + (step * (1 - share)) / 2, step * share), tone: 'deep' }
  })
  return [{ d: moon, tone: 'light' }, ...bars]
}

/** Swell after swell. */
const waves: Motif = (random, stage) => {
  const height = random.between(14, 24)
  const length = random.pick([100, 132, 200])
  const shift = random.between(0, length)
  const count = 5
  const from = stage.top + (stage.bottom - stage.top) * 0.42
  const swell = (y: number, phase: number) => {
    const start = -length - ((phase + shift) % length)
    const crests = range(Math.ceil((WIDTH + 2 * length) / length))
      .map(() => `q${n(length / 4)} ${n(-height)} ${n(length / 2)} 0t${n(length / 2)} 0`)
      .join('')
    return `M${n(start)} ${n(y)}${crests}V${HEIGHT + 20}H${n(start)}Z`
  }
  const sun = circle(random.between(60, 140), from - 4, random.between(40, 56))
  return [
    { d: sun, tone: 'light' },
    ...range(count).map((i): Shape => ({
      d: swell(from + 10 + (i * (HEIGHT - from)) / count, i * length * 0.31),
      tone: i % 2 === 0 ? 'deep' : 'ground',
    })),
  ]
}

/** A field of dots that swell where one looks. */
const grid: Motif = (random, stage) => {
  const step = random.pick([20, 25])
  const rows = Math.floor((stage.bottom - stage.top) / step)
  const focusX = random.between(40, 160)
  const focusY = stage.top + random.between(0.25, 0.75) * rows * step
  const dots = range(rows).flatMap((row) =>
    range(WIDTH / step).map((column) => {
      const x = (column + 0.5) * step
      const y = stage.top + (row + 0.5) * step
      const near = Math.max(0, 1 - Math.hypot(x - focusX, y - focusY) / 130)
      return { d: circle(x, y, 1.6 + near * near * step * 0.46), near }
    }),
  )
  const join = (close: boolean) =>
    dots
      .filter((dot) => dot.near > 0.62 === close)
      .map((dot) => dot.d)
      .join('')
  return [
    { d: join(false), tone: 'deep' },
    { d: join(true), tone: 'light' },
  ]
}

/** A sun on the horizon, its rays spread over the sheet. */
const sun: Motif = (random, stage) => {
  const x = random.between(70, 130)
  const y = stage.top + (stage.bottom - stage.top) * random.between(0.6, 0.74)
  const r = random.between(44, 62)
  const count = random.pick([11, 13, 15])
  const reach = y - stage.top + 10
  const rays = range(count).map((i) => {
    const angle = Math.PI + (Math.PI * (i + 0.5)) / count
    const spread = Math.PI / count / 4
    const at = (a: number, far: number): [number, number] => [x + Math.cos(a) * far, y + Math.sin(a) * far]
    return polygon(at(angle, r + 8), at(angle - spread, reach), at(angle + spread, reach))
  })
  return [
    { d: rays.join(''), tone: 'light' },
    { d: dome(x, y, r), tone: 'light' },
    { d: band(y + 5, HEIGHT - y), tone: 'deep' },
  ]
}

/** The grooves of a record, or sound going out from a corner. */
const arcs: Motif = (random, stage) => {
  const x = random.pick([0, 40, 160, 200])
  const y = stage.bottom
  const step = random.between(15, 19)
  return [
    { d: circle(x, y, step * 1.2), tone: 'light' },
    ...range(8).map((i): Shape => ({
      d: circle(x, y, step * (i + 2.2)),
      tone: i % 3 === 0 ? 'light' : 'deep',
      width: i % 3 === 0 ? step * 0.62 : step * 0.4,
    })),
  ]
}

/** Mountains and a small sun: somewhere far. */
const peaks: Motif = (random, stage) => {
  const base = HEIGHT
  const tall = stage.top + (stage.bottom - stage.top) * 0.3
  const far = random.between(40, 90)
  const near = random.between(110, 165)
  const peak = (x: number, y: number, slope: number): string =>
    polygon([x, y], [x + (base - y) * slope, base], [x - (base - y) * slope, base])
  const lit = (x: number, y: number, slope: number): string =>
    polygon([x, y], [x + (base - y) * slope, base], [x + (base - y) * slope * 0.1, base])
  return [
    { d: circle(near + 8, tall + 4, random.between(20, 30)), tone: 'light' },
    { d: peak(far, tall + 12, 0.66), tone: 'deep' },
    { d: peak(near, tall + 62, 0.74), tone: 'light' },
    { d: lit(near, tall + 62, 0.74), tone: 'deep' },
  ]
}

/** Something opens, and it has teeth. */
const teeth: Motif = (random, stage) => {
  const count = random.pick([4, 5, 6])
  const step = WIDTH / count
  const y = middle(stage)
  const mouth = Math.min(74, (stage.bottom - stage.top) / 2)
  const jaw = (direction: 1 | -1) => {
    const gum = y - direction * mouth
    const bites = range(count).map((i) => {
      const tip = y - direction * random.between(-0.08, 0.5) * mouth
      return `L${n((i + 0.5) * step)} ${n(tip)}L${n((i + 1) * step)} ${n(gum)}`
    })
    return `M0 ${n(gum)}${bites.join('')}Z`
  }
  return [
    { d: band(y - mouth, 2 * mouth), tone: 'deep' },
    { d: jaw(1), tone: 'light' },
    { d: jaw(-1), tone: 'light' },
  ]
}

/** Something looks back. */
const eye: Motif = (random, stage) => {
  const y = middle(stage)
  const half = Math.min(random.between(50, 66), (stage.bottom - stage.top) / 2)
  const r = half * random.between(0.55, 0.72)
  const look = random.between(-24, 24)
  const lid = `M8 ${n(y)}Q100 ${n(y - 2 * half)} 192 ${n(y)}Q100 ${n(y + 2 * half)} 8 ${n(y)}Z`
  return [
    { d: lid, tone: 'light' },
    { d: circle(100 + look, y, r), tone: 'deep' },
    { d: circle(100 + look, y, r * 0.45), tone: 'ground' },
    { d: circle(100 + look + r * 0.42, y - r * 0.42, r * 0.16), tone: 'light' },
  ]
}

/** Building blocks: quarter discs on a grid. */
const blocks: Motif = (random, stage) => {
  const size = 50
  const rows = Math.max(2, Math.round((stage.bottom - stage.top) / size))
  const from = stage.top < 60 ? stage.bottom - rows * size : stage.top
  const quarter = (x: number, y: number) => {
    const [cx, cy] = random.pick([
      [0, 0],
      [size, 0],
      [0, size],
      [size, size],
    ] as const)
    const [px, py] = [x + cx, y + cy]
    const [ax, ay] = [x + size - cx, y + cy]
    const [bx, by] = [x + cx, y + size - cy]
    const sweep = cx === cy ? 1 : 0
    return `M${n(px)} ${n(py)}L${n(ax)} ${n(ay)}A${size} ${size} 0 0 ${sweep} ${n(bx)} ${n(by)}Z`
  }
  return range(rows * 4).flatMap((i): Shape[] => {
    const x = (i % 4) * size
    const y = from + Math.floor(i / 4) * size
    const tone = random.pick(['light', 'deep', 'deep', 'ground'] as const)
    return tone === 'ground' ? [] : [{ d: quarter(x, y), tone }]
  })
}

/** Two discs and what they share. */
const pair: Motif = (random, stage) => {
  const r = random.between(46, 56)
  const overlap = random.between(0.35, 0.6) * r
  const y = middle(stage)
  const tilt = random.between(-22, 22)
  const [ax, ay, bx, by] = [100 - r + overlap / 2, y + tilt, 100 + r - overlap / 2, y - tilt]
  const half = Math.hypot(bx - ax, by - ay) / 2
  const rise = Math.sqrt(Math.max(0, r * r - half * half))
  const [ux, uy] = [(by - ay) / (2 * half), -(bx - ax) / (2 * half)]
  const [mx, my] = [(ax + bx) / 2, (ay + by) / 2]
  const lens = `M${n(mx + ux * rise)} ${n(my + uy * rise)}A${n(r)} ${n(r)} 0 0 1 ${n(mx - ux * rise)} ${n(my - uy * rise)}A${n(r)} ${n(r)} 0 0 1 ${n(mx + ux * rise)} ${n(my + uy * rise)}Z`
  return [
    { d: circle(ax, ay, r), tone: 'deep' },
    { d: circle(bx, by, r), tone: 'light' },
    { d: lens, tone: 'ink' },
  ]
}

/** The projector's beam. */
const beam: Motif = (random, stage) => {
  const left = random.pick([true, false])
  const at = (x: number) => (left ? x : WIDTH - x)
  const y = stage.bottom - 34
  const top = stage.top + random.between(0, 20)
  return [
    { d: polygon([at(36), y - 6], [at(WIDTH), top], [at(WIDTH), Math.min(HEIGHT, y + 8)]), tone: 'light' },
    { d: circle(at(34), y, 26), tone: 'deep' },
    { d: circle(at(34), y, 9), tone: 'light' },
  ]
}

/** Chevrons on the march. */
const chevrons: Motif = (random, stage) => {
  const height = random.between(40, 64)
  const thick = random.between(18, 24)
  const from = stage.top + height * 0.4
  const count = Math.max(3, Math.floor((stage.bottom - from) / (thick * 1.7)))
  return range(count).map((i): Shape => {
    const y = from + i * thick * 1.7
    return {
      d: polygon(
        [0, y + height],
        [100, y],
        [200, y + height],
        [200, y + height + thick],
        [100, y + thick],
        [0, y + height + thick],
      ),
      tone: i % 2 === 0 ? 'light' : 'deep',
    }
  })
}

/** Which motifs a genre may be drawn with; keys as in `genreKey`. */
const MOTIFS: Record<string, Motif[]> = {
  action: [diagonal, chevrons],
  adventure: [peaks, waves],
  animation: [blocks],
  'black comedy': [pair, blocks],
  comedy: [sun, blocks],
  concert: [arcs],
  crime: [stripes, diagonal],
  detective: [stripes],
  documentary: [grid],
  drama: [light, door, stairs, waves, pair],
  family: [blocks, sun],
  fantasy: [peaks, arcs],
  history: [chevrons, sun],
  horror: [teeth, eye],
  musical: [arcs, waves],
  romance: [pair],
  'romantic comedy': [pair, sun],
  'science fiction': [grid, arcs],
  thriller: [stripes, diagonal],
  war: [chevrons],
  western: [sun, peaks],
}

/** Motifs for films of no genre, or of one we don't know. */
const ANY = [beam, grid, light, stripes]

/** These stand on the sheet's lower edge: the title belongs above them. */
const GROUNDED: ReadonlySet<Motif> = new Set([door, stairs, waves, peaks, arcs])

export function pickMotif(genre: string | undefined, random: Random): { draw: Motif; grounded: boolean } {
  const draw = random.pick((genre && MOTIFS[genre]) || ANY)
  return { draw, grounded: GROUNDED.has(draw) }
}
