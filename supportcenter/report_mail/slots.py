from django.conf import settings

from supportcenter.slots import Names, Page, fills


@fills("report_nav", "report_mail/_nav.html", order=90)
def by_mail(page: Page) -> Names:
    return {} if settings.MAIL_IS_SET_UP else None
