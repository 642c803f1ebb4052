"""A bar chart as SVG: times of pages at each size, with the line that they may not cross."""

from collections.abc import Mapping, Sequence

COLOURS = ("#9DB2E8", "#4F6FC4", "#1D3A8F")
WIDTH, LEFT, BAR, GAP, HEAD = 720, 130, 14, 16, 44


def bars(title: str, unit: str, limit: float, values: Mapping[str, Mapping[str, float]], sizes: Sequence[str]) -> str:
    """Draw a group of bars for each name, one bar per size; `limit` is drawn across."""
    top = 1.15 * max([limit, *(value for of in values.values() for value in of.values())])
    scale = (WIDTH - LEFT - 60) / top
    height = HEAD + len(values) * (len(sizes) * BAR + GAP) + 30
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{title}"'
        ' font-family="sans-serif" font-size="12">',
        f'<rect width="{WIDTH}" height="{height}" fill="#FFFFFF"/>',
        f'<text x="8" y="18" font-size="14" font-weight="bold" fill="#14181F">{title}</text>',
        *_legend(sizes),
    ]
    y = HEAD
    for name, of in values.items():
        middle = y + len(sizes) * BAR / 2 + 4
        parts.append(f'<text x="{LEFT - 8}" y="{middle:.0f}" text-anchor="end" fill="#14181F">{name}</text>')
        for turn, size in enumerate(sizes):
            if size in of:
                parts += _bar(y + turn * BAR, of[size], scale, COLOURS[turn % len(COLOURS)])
        y += len(sizes) * BAR + GAP
    x = LEFT + limit * scale
    parts += [
        f'<line x1="{x:.1f}" y1="{HEAD - 6}" x2="{x:.1f}" y2="{y}" stroke="#B91C1C" stroke-dasharray="4 3"/>',
        f'<text x="{x:.1f}" y="{y + 16}" text-anchor="middle" fill="#B91C1C">{limit:g} {unit}</text>',
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _bar(y: float, value: float, scale: float, colour: str) -> list[str]:
    return [
        f'<rect x="{LEFT}" y="{y}" width="{value * scale:.1f}" height="{BAR - 3}" fill="{colour}"/>',
        f'<text x="{LEFT + value * scale + 5:.1f}" y="{y + BAR - 5}" font-size="10" fill="#525B68">{value:.1f}</text>',
    ]


def _legend(sizes: Sequence[str]) -> list[str]:
    parts = []
    for turn, size in enumerate(sizes):
        x = WIDTH - 80 * (len(sizes) - turn)
        parts.append(f'<rect x="{x}" y="9" width="10" height="10" fill="{COLOURS[turn % len(COLOURS)]}"/>')
        parts.append(f'<text x="{x + 15}" y="18" fill="#14181F">{size}</text>')
    return parts
