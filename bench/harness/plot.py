"""Times against sizes as an SVG: one small panel for each question, both axes logarithmic, readable on light and on
dark pages."""

import html
import math

PANEL_WIDTH, PANEL_HEIGHT = 320, 220
LEFT, TOP, RIGHT, BOTTOM = 58, 36, 54, 40
HEAD = 34
COLUMNS = 3
STYLE = """
text { font: 11px system-ui, sans-serif; fill: #333 } .title { font-weight: 600; font-size: 12px }
.axis { fill: #666 } .grid { stroke: #8883; stroke-width: 1 } .line { fill: none; stroke-width: 2 }
.s0 { stroke: #0b6e4f; fill: #0b6e4f } .s1 { stroke: #c2410c; fill: #c2410c } .line.s1 { stroke-dasharray: 6 4 }
.line { fill: none } text.s0, text.s1 { stroke: none }
@media (prefers-color-scheme: dark) {
  text { fill: #ddd } .axis { fill: #aaa } .s0 { stroke: #5fd3a6; fill: #5fd3a6 } .s1 { stroke: #fb923c; fill: #fb923c }
  .line { fill: none }
}
"""


def count(number: float) -> str:
    if number >= 1e6:
        return f"{number / 1e6:g} M"
    if number >= 1e3:
        return f"{number / 1e3:g} k"
    return f"{number:g}"


def duration(millis: float) -> str:
    """To two digits, in the unit that suits."""
    for unit, length in (("s", 1e3), ("ms", 1), ("µs", 1e-3)):
        if millis >= length * 0.9995:
            break
    value = millis / length
    return f"{value:.0f} {unit}" if value >= 10 else f"{value:.2g} {unit}"


def logarithmic(value: float, low: float, high: float, length: float) -> float:
    return (math.log10(value) - math.log10(low)) / (math.log10(high) - math.log10(low)) * length


def text(x: float, y: float, words: str, css: str, anchor: str = "start") -> str:
    return f'<text class="{css}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{html.escape(words)}</text>'


def panel(title: str, series: list[tuple[str, dict]], sizes: list[int], low: float, high: float) -> list[str]:
    width, height = PANEL_WIDTH - LEFT - RIGHT, PANEL_HEIGHT - TOP - BOTTOM
    lines = [text(LEFT - 44, 20, title, "title")]
    for power in range(round(math.log10(low)), round(math.log10(high)) + 1):
        y = TOP + height - logarithmic(10.0**power, low, high, height)
        lines.append(f'<line class="grid" x1="{LEFT}" x2="{LEFT + width}" y1="{y:.1f}" y2="{y:.1f}"/>')
        lines.append(text(LEFT - 6, y + 4, duration(10.0**power), "axis", "end"))
    first, last = sizes[0] / 1.3, sizes[-1] * 1.3
    for size in sizes:
        x = LEFT + logarithmic(size, first, last, width)
        lines.append(text(x, TOP + height + 18, count(size), "axis", "middle"))
    for number, (_, values) in enumerate(series):
        points = [(LEFT + logarithmic(size, first, last, width),
                   TOP + height - logarithmic(max(values[size], low), low, high, height))
                  for size in sizes if size in values]
        if not points:
            continue
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        lines.append(f'<polyline class="line s{number}" points="{path}"/>')
        lines += [f'<circle class="s{number}" cx="{x:.1f}" cy="{y:.1f}" r="3"/>' for x, y in points]
        lines.append(text(points[-1][0] + 8, points[-1][1] + 4, duration(values[max(values)]), f"s{number}"))
    return lines


def legend(names: list[str], width: int) -> list[str]:
    lines = []
    for number, name in enumerate(names):
        x = LEFT - 44 + number * 260
        lines.append(f'<line class="line s{number}" x1="{x}" x2="{x + 26}" y1="14" y2="14"/>'
                     f'<circle class="s{number}" cx="{x + 13}" cy="14" r="3"/>')
        lines.append(text(x + 34, 18, name, "name"))
    return [*lines, text(width - 14, 18, "median time by number of films, both axes logarithmic", "axis", "end")]


def write(path, panels: list[tuple[str, list[tuple[str, dict]]]]) -> None:
    """`panels`: a title, and for each series its name and {size: milliseconds}. At most two series, the same in all."""
    values = [value for _, series in panels for _, one in series for value in one.values()]
    sizes = sorted({size for _, series in panels for _, one in series for size in one})
    low, high = 10.0 ** math.floor(math.log10(min(values))), 10.0 ** math.ceil(math.log10(max(values)))
    rows = math.ceil(len(panels) / COLUMNS)
    width, height = COLUMNS * PANEL_WIDTH, rows * PANEL_HEIGHT + HEAD
    lines = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
             f'height="{height}" role="img"><title>Median time by number of films</title>', f"<style>{STYLE}</style>"]
    lines += legend([name for name, _ in panels[0][1]], width)
    for number, (title, series) in enumerate(panels):
        x, y = number % COLUMNS * PANEL_WIDTH, HEAD + number // COLUMNS * PANEL_HEIGHT
        lines += [f'<g transform="translate({x} {y})">', *panel(title, series, sizes, low, high), "</g>"]
    path.write_text("\n".join([*lines, "</svg>", ""]), encoding="utf-8")
