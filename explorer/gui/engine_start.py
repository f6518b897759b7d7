"""What the engine process runs first; importing this costs the window nothing."""

from multiprocessing.connection import Connection


def start_engine(orders: Connection, news: Connection, jobs: int) -> None:
    """Load the engine in its own process and serve ``orders``."""
    from explorer.gui.engine_process import run_engine

    run_engine(orders, news, jobs)
