"""Charts as plain geometry, which templates draw as SVG: no script, no style in line, nothing of the database.

Across, places are per cent of the drawing and count from the side on which reading begins; down, they are pixels.
So a chart is as wide as its page, and its words keep their size.
"""
