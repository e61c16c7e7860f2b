#!/bin/sh
# What a release does once, so that no start does it again: catalogues, static files and bytecode, in the checkout itself, which
# nobody has to be able to write to afterwards. `sh deploy/docker/build.sh [PYTHON]`, in a tree that will not change any more.
set -eu
cd "$(dirname "$0")/../.."
python=${1:-python}

# A folder of its own: what the commands need to start (a secret key) is not the image's.
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir -p built
PYTHONDONTWRITEBYTECODE=1 DATA_DIR=$scratch ENV_FILE=/dev/null "$python" manage.py prepare --files
# By hash and never compared: times change on the way into an image. -o 0 is what the site runs with.
"$python" -m compileall -q -j 0 --invalidation-mode unchecked-hash supportcenter sessions_app invitations webacd manage.py
chmod -R a+rX,go-w .
