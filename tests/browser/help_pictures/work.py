"""What a customer shares: a list of printers, in the language of the picture; and a ring around what is meant in it."""

import math

PAGE = """<!doctype html><title>WORKTAB</title><body dir="{dir}">
<style>
  body {{ margin: 0; font: 22px/1.5 system-ui, sans-serif; background: #eef1f5; color: #1c2733; }}
  header {{ background: #23527c; color: #fff; padding: 18px 36px; font-size: 26px; }}
  main {{ margin: 32px 36px; background: #fff; border-radius: 10px; padding: 8px 32px 24px; }}
  li {{ display: flex; justify-content: space-between; padding: 18px 0; border-block-end: 1px solid #d8dee6; }}
  ul {{ list-style: none; margin: 0; padding: 0; }}
  em {{ font-style: normal; color: #b3261e; }}
  b {{ font-weight: 600; }}
</style>
<header>{title}</header>
<main><ul>
  <li><b>{office}</b><em>{offline}</em></li>
  <li><b>{colour}</b><span>{ready}</span></li>
  <li><b>{scanner}</b><span>{ready}</span></li>
</ul></main>"""
SIZE = {"width": 1000, "height": 640}
# Where the state of the first printer stands, across and down; and how large a ring it takes.
STATE, RING = ({"en": 0.9, "ar": 0.117}, 0.235), (0.07, 0.06)
ENGLISH = {
    "dir": "ltr",
    "title": "Printers and scanners",
    "office": "Office printer, second floor",
    "colour": "Colour printer",
    "scanner": "Scanner",
    "offline": "Offline",
    "ready": "Ready",
}
ARABIC = {
    "dir": "rtl",
    "title": "الطابعات والماسحات الضوئية",
    "office": "طابعة المكتب، الطابق الثاني",
    "colour": "الطابعة الملوّنة",
    "scanner": "الماسح الضوئي",
    "offline": "غير متصلة",
    "ready": "جاهزة",
}


def work_tab(context, words):
    """Another tab of theirs, which their browser shares when asked."""
    page = context.new_page()
    page.set_viewport_size(SIZE)
    page.set_content(PAGE.format(**(ENGLISH if words.language == "en" else ARABIC)))
    return page


def draw_ring(page, view, words):
    """By the mouse, in a view that shows the whole of it."""
    box = view.bounding_box()
    height = box["width"] * SIZE["height"] / SIZE["width"]
    across, down = STATE
    x = box["x"] + box["width"] * across[words.language]
    y = box["y"] + (box["height"] - height) / 2 + height * down
    for step in range(33):
        turn = math.tau * step / 32
        page.mouse.move(x + box["width"] * RING[0] * math.cos(turn), y + height * RING[1] * math.sin(turn))
        if not step:
            page.mouse.down()
    page.mouse.up()
