# Build: everything that compiles or downloads happens here and stays here.
FROM python:3.13-slim AS build
WORKDIR /src
COPY pyproject.toml constraints.txt README.md LICENSE ./
COPY bot bot
COPY handlers handlers
COPY summarizer summarizer
COPY seeds seeds
RUN python -m venv /opt/nutgraf \
 && /opt/nutgraf/bin/pip install --no-cache-dir --disable-pip-version-check --constraint constraints.txt .

# Run: the installed program and nothing else, as a user who owns only /data.
FROM python:3.13-slim
RUN useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin nutgraf \
 && install --directory --owner nutgraf --group nutgraf --mode 0700 /data
COPY --from=build /opt/nutgraf /opt/nutgraf
ENV PATH=/opt/nutgraf/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    NUTGRAF_DATA=/data \
    BOT_HTTP_HOST=0.0.0.0 \
    BOT_HTTP_PORT=8080
USER nutgraf
WORKDIR /data
VOLUME /data
EXPOSE 8080
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
  CMD ["python", "-c", "import os, urllib.request as r; r.urlopen(f'http://127.0.0.1:{os.environ[\"BOT_HTTP_PORT\"]}/healthz', timeout=4)"]
ENTRYPOINT ["nutgraf"]
CMD ["run"]
