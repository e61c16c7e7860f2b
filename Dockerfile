# The site as one image: the same one serves, works and keeps the clock (see docker-compose.yml).
FROM python:3.13-slim AS base

# Nothing is compiled at a start: whatever is imported lies there compiled.
ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 DATA_DIR=/data
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates ffmpeg && rm -rf /var/lib/apt/lists/* \
    && useradd --create-home --uid 10001 support && install -d -o support -m 700 /data

WORKDIR /app
COPY requirements/app.txt requirements/s3.txt requirements/
RUN pip install --no-cache-dir --no-compile --require-hashes -r requirements/app.txt -r requirements/s3.txt \
    && python -m compileall -q -j 0 --invalidation-mode unchecked-hash "$(python -c 'import site; print(site.getsitepackages()[0])')"

# What makes the bundles of scripts is a hundred megabytes that no site needs.
FROM base AS built
COPY requirements/bundles.txt requirements/
RUN pip install --no-cache-dir --require-hashes -r requirements/bundles.txt
COPY . .
RUN sh deploy/docker/build.sh

FROM base
ARG VERSION=unknown
LABEL org.opencontainers.image.title="Support Center" \
      org.opencontainers.image.description="Remote-support sessions with customers, in the browser" \
      org.opencontainers.image.version=$VERSION
COPY --from=built /app /app

USER 10001
VOLUME /data
EXPOSE 8000
# `serve` drains what it is at when it is told to stop.
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=2m CMD ["python", "deploy/docker/ready.py", "8000"]
# --prepare migrates where something changed; the rest is in the image.
CMD ["python", "manage.py", "serve", "--host", "0.0.0.0", "--prepare"]
