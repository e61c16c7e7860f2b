"""STORAGE_URL: where finished files and recordings are kept, other than on a disk of the site."""

from importlib.util import find_spec
from urllib.parse import SplitResult, parse_qsl, unquote, urlsplit

from supportcenter.environment import WrongSetting

NAME = "STORAGE_URL"
RIGHT = "s3://KEY:SECRET@HOST/BUCKET, or s3:///BUCKET?region=REGION with the usual AWS environment"
# Without TLS for a server beside the site alone.
SCHEMES = {"s3": "https", "s3+http": "http"}
OPTIONS = {"region": "region_name", "prefix": "location"}


def storage_of(url: str) -> dict[str, object]:
    """Django's entry for that storage. Raises WrongSetting, which never repeats a secret."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise WrongSetting(NAME, f"this is no address; right would be {RIGHT}.") from None
    if parts.scheme not in SCHEMES:
        raise WrongSetting(NAME, f"{parts.scheme or 'without a scheme'} is no storage that we know: {RIGHT}.")
    if find_spec("boto3") is None:
        raise WrongSetting(NAME, "S3 needs boto3, which is not installed: pip install -r requirements/s3.txt.")
    options = {**_bucket(parts), **_credentials(parts), **_more(parts.query)}
    if parts.hostname:
        host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
        options["endpoint_url"] = f"{SCHEMES[parts.scheme]}://{host}" + (f":{port}" if port else "")
        options.setdefault("region_name", "us-east-1")
    elif parts.scheme != "s3":
        raise WrongSetting(NAME, "s3+http needs the name of a host.")
    return {"BACKEND": "supportcenter.object_storage.ObjectStorage", "OPTIONS": options}


def _bucket(parts: SplitResult) -> dict[str, str]:
    bucket = parts.path.strip("/")
    if not bucket or "/" in bucket:
        raise WrongSetting(NAME, f"the path has to be the name of a bucket, and that alone: {RIGHT}.")
    return {"bucket_name": bucket}


def _credentials(parts: SplitResult) -> dict[str, str]:
    if not parts.username and not parts.password:
        return {}
    if not (parts.username and parts.password):
        raise WrongSetting(NAME, "a key needs its secret, and a secret its key, with %2F for a slash in it.")
    return {"access_key": unquote(parts.username), "secret_key": unquote(parts.password)}


def _more(query: str) -> dict[str, str]:
    more = dict(parse_qsl(query, keep_blank_values=True))
    unknown = sorted(more.keys() - OPTIONS)
    if unknown:
        raise WrongSetting(NAME, f"{unknown[0]} is no option; there are {' and '.join(sorted(OPTIONS))}.")
    return {OPTIONS[name]: value.strip("/") for name, value in more.items() if value}
