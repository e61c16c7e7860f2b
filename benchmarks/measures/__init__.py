from benchmarks.measures import bystander, chat, fan_out, joins, offers, pages, start, stopped_reader

MEASURES = {
    "F1": fan_out.f1,
    "F2": fan_out.f2,
    "F3": fan_out.f3,
    "P1": chat.p1,
    "R1": bystander.r1,
    "R2": stopped_reader.r2,
    "H1": pages.h1,
    "D1": joins.d1,
    "D3": offers.d3,
    "S1": start.s1,
}
