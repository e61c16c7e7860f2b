"""Scripts write dates as the site's own formats do: a page must not change what it says once they run."""

from datetime import datetime

from django.utils.formats import date_format
from django.utils.translation import override

# In the middle of each month, at a time whose hour has one digit.
MOMENTS = [datetime(2026, month, 5, 6, 7) for month in range(1, 13)]
WRITE = """moments => {
  for (const at of moments) {
    const time = document.createElement("time");
    time.dateTime = at;
    time.dataset.time = "date";
    document.body.append(time);
  }
}"""


def test_each_month_is_written_alike(customers, words):
    page = customers.stranger().open("/join/")
    page.evaluate(WRITE, [f"{at:%Y-%m-%dT%H:%M:%S}" for at in MOMENTS])
    with override(words.language):
        expected = [date_format(at, "SHORT_DATETIME_FORMAT") for at in MOMENTS]
    page.wait_for_function("document.querySelectorAll('time[data-time=date]:not(:empty)').length === 12")
    assert page.locator("time[data-time=date]").all_inner_texts() == expected
