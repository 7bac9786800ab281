"""A server that takes whatever is posted, for measuring who posts: `python -m
tests.benchmarks.taking` prints its address when it is ready."""

from fastapi import FastAPI, Request, Response

from tests.benchmarks.servers import serve_bare


def app() -> FastAPI:
    """The application: it counts what it takes, and tells."""
    bare = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    taken: list[int] = [0]

    @bare.post("/take")
    async def take(request: Request) -> Response:  # pyright: ignore[reportUnusedFunction]
        await request.body()
        taken[0] += 1
        return Response(b'{"reference": "p"}', media_type="application/json")

    @bare.get("/taken")
    async def tell() -> int:  # pyright: ignore[reportUnusedFunction]
        return taken[0]

    return bare


if __name__ == "__main__":
    serve_bare(app())
