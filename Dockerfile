# Two stages: the first installs the locked packages and collects the static files, the second runs them as an
# ordinary user. Web, worker and preparation are this one image with three commands (docker-compose.yml).
FROM python:3.13-slim-bookworm AS build
WORKDIR /app
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
COPY requirements.txt ./
RUN python -m venv .venv
RUN .venv/bin/python -m pip install -q --require-hashes --no-deps -r requirements.txt
COPY manage.py pyproject.toml ./
COPY journeymap journeymap
COPY personas personas
COPY maps maps
COPY exports exports
COPY templates templates
COPY static static
# Needs no database; the key is for this one command and goes nowhere.
RUN STATIC_ROOT=/app/collected DATA_DIR=/tmp/build SECRET_KEY=only-for-collecting-static-files-0123456789abcdefghijklmnop .venv/bin/python manage.py collectstatic --noinput --verbosity 0 --ignore rest_framework
RUN .venv/bin/python -m compileall -q journeymap personas maps exports .venv/lib

FROM python:3.13-slim-bookworm
# What PDF and PNG exports need, with fonts for the scripts that maps are written in.
RUN apt-get update -q && apt-get install -y -q --no-install-recommends libpangoft2-1.0-0 fonts-noto-core fonts-noto-cjk fonts-noto-color-emoji && rm -rf /var/lib/apt/lists/*
RUN useradd --system --create-home --home-dir /data --uid 10001 journeymap
COPY --from=build /app /app
WORKDIR /app
USER journeymap
ENV PATH=/app/.venv/bin:$PATH PYTHONUNBUFFERED=1 DATA_DIR=/data STATIC_ROOT=/app/collected HOST=0.0.0.0 PORT=8000
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=6 CMD ["python", "-m", "journeymap.core.healthy"]
CMD ["python", "manage.py", "web"]
