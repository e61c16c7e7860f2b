from benchmarks.measures import (
    bystander,
    chat,
    fan_out,
    hostile_seat,
    joins,
    long_record,
    offers,
    pages,
    queue_entries,
    start,
    stopped_reader,
)

MEASURES = {
    "F1": fan_out.f1,
    "F2": fan_out.f2,
    "F3": fan_out.f3,
    "P1": chat.p1,
    "R1": bystander.r1,
    "R2": stopped_reader.r2,
    "R4": hostile_seat.r4,
    "R5": long_record.r5,
    "R6": queue_entries.r6,
    "H1": pages.h1,
    "D1": joins.d1,
    "D3": offers.d3,
    "S1": start.s1,
}
