from supportcenter.accounts.models import SitePolicy

READING = {"GET", "HEAD"}


def one_policy_for_a_page(get_response):
    """A page asks for the site's policy in many places: it is read once. Whoever acts reads it anew each time."""

    def answer(request):
        if request.method not in READING:
            return get_response(request)
        with SitePolicy.read_once():
            return get_response(request)

    return answer
