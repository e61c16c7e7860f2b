"""Where files are kept, as STORAGE_URL says it."""

import subprocess
import sys

import pytest

from supportcenter import storage_url
from supportcenter.environment import WrongSetting
from supportcenter.storage_url import storage_of
from tests.environment import ROOT, site_environment


def options(url):
    return storage_of(url)["OPTIONS"]


def test_own_server():
    assert options("s3://key:se%2Fcret@s3.example.org:9000/support?prefix=/site/") == {
        "bucket_name": "support",
        "access_key": "key",
        "secret_key": "se/cret",
        "location": "site",
        "endpoint_url": "https://s3.example.org:9000",
        "region_name": "us-east-1",
    }


def test_without_encryption_only_by_name():
    assert options("s3+http://k:s@[::1]:9000/b")["endpoint_url"] == "http://[::1]:9000"


def test_amazon_and_its_environment():
    assert options("s3:///support?region=eu-central-1") == {"bucket_name": "support", "region_name": "eu-central-1"}


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("gs://bucket", "gs is no storage"),
        ("bucket", "without a scheme"),
        ("s3://k:topsecret@host:port/b", "no address"),
        ("s3://k:topsecret@host", "name of a bucket"),
        ("s3://k:topsecret@host/b/folder", "that alone"),
        ("s3://topsecret@host/b", "needs its secret"),
        ("s3://k:topsecret@host/b?zone=1", "zone is no option"),
        ("s3+http:///b", "name of a host"),
    ],
)
def test_wrong_ones_are_refused_without_repeating_a_secret(url, says):
    with pytest.raises(WrongSetting) as refusal:
        storage_of(url)
    assert refusal.value.name == "STORAGE_URL"
    assert says in refusal.value.why
    assert "topsecret" not in str(refusal.value)


def test_without_the_library_it_says_how_to_get_it(monkeypatch):
    monkeypatch.setattr(storage_url, "find_spec", lambda name: None)
    with pytest.raises(WrongSetting, match="requirements/s3.txt"):
        storage_of("s3:///support")


@pytest.mark.process
def test_library_is_loaded_only_if_it_is_asked_for(tmp_path):
    code = "import django, sys; django.setup(); from django.core.files.storage import default_storage as d; d.exists; "
    tell = "print('boto3' in sys.modules, type(d._wrapped).__name__)"
    said = {
        url: subprocess.run(
            [sys.executable, "-c", code + tell],
            cwd=ROOT,
            env=site_environment(tmp_path, STORAGE_URL=url),
            capture_output=True,
            text=True,
            check=True,
        ).stdout.split()
        for url in ("", "s3:///support")
    }
    assert said == {"": ["False", "SealedOnDisk"], "s3:///support": ["True", "ObjectStorage"]}
