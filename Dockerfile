# The shop as it runs in production: web server, worker, scheduler and one-off commands are one image.

FROM node:22-bookworm-slim AS assets
WORKDIR /build
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY assets assets
COPY templates templates
RUN npm run build

FROM python:3.13-slim-bookworm
# Pango and a font, for WeasyPrint's invoices.
RUN apt-get update \
    && apt-get install --yes --no-install-recommends \
        fonts-dejavu-core libharfbuzz-subset0 libpango-1.0-0 libpangoft2-1.0-0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /shop --shell /usr/sbin/nologin atelier
WORKDIR /shop
COPY requirements.lock ./
RUN pip install --no-cache-dir --require-hashes --no-deps --only-binary=:all: -r requirements.lock
COPY alembic.ini app.py commands.py config.py import_commands.py ./
COPY api api
COPY backoffice backoffice
COPY domain domain
COPY integrations integrations
COPY jobs jobs
COPY migrations migrations
COPY models models
COPY services services
COPY storefront storefront
COPY templates templates
COPY web web
COPY --from=assets /build/static/build static/build
# The volume of imported files takes its owner from here.
RUN python -m compileall -q . && install -d -o atelier /var/lib/atelier

USER atelier
ENV PYTHONUNBUFFERED=1 \
    XDG_CACHE_HOME=/tmp \
    PYTHONDONTWRITEBYTECODE=1 \
    FLASK_APP=app:create_app \
    APP_ENV=production \
    HOST=0.0.0.0 \
    PORT=8000 \
    WEB_WORKERS=2 \
    WEB_THREADS=4
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=10s --start-period=30s --retries=4 \
    CMD ["python", "-c", "import os, urllib.request as r; r.urlopen(f'http://127.0.0.1:{os.environ[\"PORT\"]}/health', timeout=8)"]
# A worker process that grows or dies is replaced while the others serve.
CMD ["sh", "-c", "exec granian app:create_app --factory --interface wsgi --http 1 --no-ws --backlog 2048 --backpressure 1024 --http1-header-read-timeout 10000 --host \"$HOST\" --port \"$PORT\" --workers \"$WEB_WORKERS\" --blocking-threads \"$WEB_THREADS\" --respawn-failed-workers --workers-max-rss 512 --workers-kill-timeout 20s --log-level warning"]
