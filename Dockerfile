# Builds the product: API, worker and page in one image; the environment of generated code and the checkers beside it.
# Generated code needs user namespaces for its sandbox; where the container runtime forbids them, `doctor` says so and
# nothing generated is run.
FROM node:24-slim AS web
WORKDIR /app/frontend
COPY frontend/package.json frontend/package-lock.json frontend/.npmrc ./
RUN npm ci --no-audit --no-fund
COPY frontend ./
RUN NEXT_TELEMETRY_DISABLED=1 npm run build

FROM python:3.11-slim AS build
RUN pip install --no-cache-dir uv==0.13.8
WORKDIR /app
COPY infra/requirements/base.lock infra/requirements/tools.lock infra/requirements/
COPY libs/codegen/templates/ml_repo/requirements.lock libs/codegen/templates/ml_repo/
RUN uv venv -q .venv && uv pip sync -q --require-hashes --python .venv/bin/python infra/requirements/base.lock \
 && uv venv -q .runtime && uv pip sync -q --require-hashes --python .runtime/bin/python libs/codegen/templates/ml_repo/requirements.lock \
 && uv venv -q .tools && uv pip sync -q --require-hashes --python .tools/bin/python infra/requirements/tools.lock
COPY pyproject.toml alembic.ini README.md ./
COPY infra/requirements infra/requirements
COPY api api
COPY libs libs
COPY --from=web /app/frontend/out frontend/out
RUN uv pip install -q --no-deps --python .venv/bin/python --editable .

FROM python:3.11-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends bubblewrap libseccomp2 libgomp1 make git openssh-client \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --create-home --home-dir /data --uid 10001 product
COPY --from=build --chown=root:root /app /app
WORKDIR /app
USER product
ENV PATH=/app/.venv/bin:$PATH AGENTIC_MLOPS_HOME=/data AGENTIC_MLOPS_HOST=0.0.0.0 LANGGRAPH_STRICT_MSGPACK=true
EXPOSE 8000
HEALTHCHECK --interval=15s --timeout=3s CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/healthz', timeout=2)"]
# Any bind address but loopback needs AGENTIC_MLOPS_BEARER_TOKEN_SHA256; without it the server refuses to start.
CMD ["agentic-mlops", "serve"]
