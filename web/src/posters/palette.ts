import type { Random } from './random'

/** The inks a poster is printed with. */
export interface Palette {
  ground: string
  /** Title and year. */
  ink: string
  /** The motif's two inks: the one that shines and the one that recedes. */
  light: string
  deep: string
}

/** Hues of printing inks that hang well side by side; beside each ground, the lights that suit it. */
const INKS: readonly (readonly [ground: number, lights: readonly number[]])[] = [
  [18, [48, 5]], // crimson
  [36, [75, 28]], // brick
  [58, [88, 42]], // ochre
  [112, [96, 130]], // olive
  [158, [105, 172]], // bottle
  [208, [88, 190]], // petrol
  [250, [228, 65]], // Prussian
  [282, [305, 50]], // indigo
  [338, [8, 72]], // plum
]

type Ink = readonly [lightness: number, chroma: number]
type Mood = Record<keyof Palette, Ink>

const night: Mood = { ground: [0.26, 0.06], ink: [0.95, 0.03], light: [0.78, 0.12], deep: [0.39, 0.09] }
const full: Mood = { ground: [0.47, 0.115], ink: [0.97, 0.02], light: [0.83, 0.105], deep: [0.37, 0.1] }
const paper: Mood = { ground: [0.9, 0.045], ink: [0.26, 0.07], light: [0.62, 0.15], deep: [0.77, 0.075] }

const oklch = ([lightness, chroma]: Ink, hue: number) =>
  `oklch(${lightness} ${chroma} ${Math.round(hue + 360) % 360})`

/** Two related hues in one of three moods. */
export function mixPalette(random: Random): Palette {
  const [base, lights] = random.pick(INKS)
  const hue = base + random.between(-6, 6)
  const related = random.pick(lights) + random.between(-6, 6)
  const mood = random.pick([night, night, full, full, paper])
  return {
    ground: oklch(mood.ground, hue),
    ink: oklch(mood.ink, related),
    light: oklch(mood.light, related),
    deep: oklch(mood.deep, hue),
  }
}
