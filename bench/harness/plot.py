"""Costs against sizes as an SVG: one small panel for each question, both axes logarithmic, readable on light and on
dark pages."""

import html
import math

PANEL_WIDTH, PANEL_HEIGHT = 300, 190
LEFT, TOP, RIGHT, BOTTOM = 52, 34, 18, 34
COLUMNS = 3
STYLE = """
text { font: 11px system-ui, sans-serif; fill: #333 } .title { font-weight: 600; font-size: 12px }
.grid { stroke: #8884; stroke-width: 1 } .line { fill: none; stroke-width: 2 }
.s0 { stroke: #0b6e4f; fill: #0b6e4f } .s1 { stroke: #c2410c; fill: #c2410c; } .line.s1 { stroke-dasharray: 6 4 }
.line { fill: none } text.s0, text.s1 { stroke: none }
@media (prefers-color-scheme: dark) {
  text { fill: #ddd } .s0 { stroke: #5fd3a6; fill: #5fd3a6 } .s1 { stroke: #fb923c; fill: #fb923c } .line { fill: none }
}
"""


def short(number: float) -> str:
    if number >= 1e6:
        return f"{number / 1e6:g} M"
    if number >= 1e3:
        return f"{number / 1e3:g} k"
    return f"{number:g}"


def logarithmic(value: float, low: float, high: float, length: float) -> float:
    return (math.log10(value) - math.log10(low)) / (math.log10(high) - math.log10(low)) * length


def panel(title: str, series: list[tuple[str, dict]], sizes: list[int], low: float, high: float) -> list[str]:
    width, height = PANEL_WIDTH - LEFT - RIGHT, PANEL_HEIGHT - TOP - BOTTOM
    lines = [f'<text class="title" x="{LEFT - 36}" y="18">{html.escape(title)}</text>']
    decade = low
    while decade <= high * 1.01:
        y = TOP + height - logarithmic(decade, low, high, height)
        lines.append(f'<line class="grid" x1="{LEFT}" x2="{LEFT + width}" y1="{y:.1f}" y2="{y:.1f}"/>')
        lines.append(f'<text x="{LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{decade:g}</text>')
        decade *= 10
    first, last = sizes[0] / 1.3, sizes[-1] * 1.3
    for size in sizes:
        x = LEFT + logarithmic(size, first, last, width)
        lines.append(f'<text x="{x:.1f}" y="{TOP + height + 18}" text-anchor="middle">{short(size)}</text>')
    for number, (_, values) in enumerate(series):
        points = [(LEFT + logarithmic(size, first, last, width),
                   TOP + height - logarithmic(max(values[size], low), low, high, height))
                  for size in sizes if size in values]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        lines.append(f'<polyline class="line s{number}" points="{path}"/>')
        lines += [f'<circle class="s{number}" cx="{x:.1f}" cy="{y:.1f}" r="3"/>' for x, y in points]
    return lines


def write(path, panels: list[tuple[str, list[tuple[str, dict]]]], unit: str) -> None:
    """`panels`: a title, and for each series its name and {size: value}. At most two series."""
    values = [value for _, series in panels for _, one in series for value in one.values()]
    sizes = sorted({size for _, series in panels for _, one in series for size in one})
    low, high = 10 ** math.floor(math.log10(min(values))), 10 ** math.ceil(math.log10(max(values)))
    rows = math.ceil(len(panels) / COLUMNS)
    width, height = COLUMNS * PANEL_WIDTH, rows * PANEL_HEIGHT + 30
    lines = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
             f'height="{height}" role="img"><title>{html.escape(unit)} by number of films</title>',
             f"<style>{STYLE}</style>"]
    for number, (name, _) in enumerate(panels[0][1]):
        lines.append(f'<circle class="s{number}" cx="{LEFT + number * 260}" cy="14" r="4"/>'
                     f'<text x="{LEFT + 10 + number * 260}" y="18">{html.escape(name)}</text>')
    lines.append(f'<text x="{width - RIGHT}" y="18" text-anchor="end">{html.escape(unit)}, both axes logarithmic</text>')
    for number, (title, series) in enumerate(panels):
        x, y = number % COLUMNS * PANEL_WIDTH, 30 + number // COLUMNS * PANEL_HEIGHT
        lines += [f'<g transform="translate({x} {y})">', *panel(title, series, sizes, low, high), "</g>"]
    path.write_text("\n".join([*lines, "</svg>", ""]), encoding="utf-8")
