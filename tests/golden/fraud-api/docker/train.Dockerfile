# Training, processing and batch scoring. Build from the root: docker build -f docker/train.Dockerfile .
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
COPY config ./config
COPY data/schema.json ./data/schema.json
COPY src ./src
ENV PATH=/opt/venv/bin:$PATH PYTHONPATH=/app/src PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 WORK_DIR=/tmp/work
# SageMaker mounts its folders for root; the job has no other rights than its role.
# The command is one of the jobs of src/fraud_api/jobs/__main__.py.
ENTRYPOINT ["python", "-m", "fraud_api.jobs"]
CMD ["train"]
