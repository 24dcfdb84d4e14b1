# The HTTP service. Build from the root: docker build -f docker/serve.Dockerfile .
# Pinned by tag, because the digest differs by platform; CI pins the digest it has tested with BASE.
ARG BASE=python:3.11-slim
FROM ${BASE} AS build
WORKDIR /build
COPY requirements.lock .
RUN python -m venv /opt/venv \
 && /opt/venv/bin/pip install --no-cache-dir --require-hashes -r requirements.lock

FROM ${BASE}
# LightGBM needs the OpenMP runtime; the base image's release decides its version, and gets security updates.
# hadolint ignore=DL3008
RUN apt-get update \
 && apt-get install --yes --no-install-recommends libgomp1 \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --create-home --uid 10001 app
COPY --from=build /opt/venv /opt/venv
WORKDIR /app
COPY pipeline.json ./
COPY data/schema.json ./data/schema.json
COPY src ./src
# One row is predicted faster by one thread than by several that wait for each other.
ENV OMP_NUM_THREADS=1
ENV PATH=/opt/venv/bin:$PATH PYTHONPATH=/app/src PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
ENV HOST=0.0.0.0 PORT=8000 MODEL_DIR=/tmp/model
# The root file system is read-only in the cluster; a volume declared here keeps /tmp writable for this user.
VOLUME ["/tmp"]
USER 10001
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/healthz', timeout=2)"]
ENTRYPOINT ["python", "-m", "fraud_api.serve"]
