"""The web door: HTTP, server-sent events, and the page."""

from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version

from fastapi import APIRouter, FastAPI
from fastapi.middleware.gzip import GZipMiddleware
from fastapi.routing import APIRoute

from api import errors, openapi
from api.binding import check_bind
from api.lifespan import Beside, lifespan_of, use
from api.middleware.access import AccessMiddleware
from api.middleware.body_limit import BodyLimitMiddleware
from api.middleware.correlation import CorrelationMiddleware
from api.middleware.security_headers import SecurityHeadersMiddleware
from api.pages import Pages
from api.routes import (
    artifacts,
    catalogue,
    chat,
    constraints,
    datasets,
    decision_sets,
    decisions,
    diffs,
    files,
    health,
    jobs,
    me,
    plans,
    projects,
    runs,
    shares,
    streams,
    what_if,
    workflow,
)
from libs.bootstrap import Services
from libs.core.settings import Settings

FORM_BYTES = 65_536
"""What a form may add around the file in it."""

API_ROUTERS: tuple[APIRouter, ...] = (
    chat.router,
    datasets.router,
    streams.router,
    decisions.router,
    decision_sets.router,
    plans.router,
    what_if.router,
    diffs.router,
    files.router,
    artifacts.router,
    shares.router,
    constraints.router,
    catalogue.router,
    projects.router,
    runs.router,
    jobs.router,
    me.router,
    workflow.router,
)


def create_app(
    settings: Settings, services: Services | None = None, *, beside: Sequence[Beside] = ()
) -> FastAPI:
    """The application.

    Args:
        settings: settings of the process.
        services: services that their owner closes; built and closed with the application when left out.
        beside: what runs in the same process while the application does, such as the embedded worker.

    Raises:
        TokenMissing: the settings would open the product to the network without a bearer token.
    """
    check_bind(settings)
    app = FastAPI(
        title="Agentic MLOps",
        version=_version(),
        openapi_url="/api/openapi.json",
        # The bundled documentation pages load scripts from elsewhere, which the content policy forbids.
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        lifespan=lifespan_of(settings, services, beside),
        generate_unique_id_function=_operation_id,
    )
    if services is not None:
        use(app, services)
    for router in API_ROUTERS:
        app.include_router(router, prefix="/api")
    app.include_router(health.router)
    app.router.default = Pages(settings.page_dir)
    errors.install(app)
    openapi.install(app, needs_token=settings.bearer_token_sha256 is not None)
    # The one added last sees a request first.
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=5)
    app.add_middleware(
        BodyLimitMiddleware,
        limit=settings.body_limit_bytes,
        streamed={("POST", "/api/datasets"): settings.upload_limit_bytes + FORM_BYTES},
    )
    app.add_middleware(AccessMiddleware, settings=settings)
    app.add_middleware(SecurityHeadersMiddleware)
    app.add_middleware(CorrelationMiddleware)
    return app


def _operation_id(route: APIRoute) -> str:
    return route.name


def _version() -> str:
    try:
        return version("agentic-mlops")
    except PackageNotFoundError:
        return "0.0.0"
