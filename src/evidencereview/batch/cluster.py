"""A Dask cluster as the place where forms are reviewed (extra `[cluster]`); nothing but `--scheduler` comes here.

Each thread of a Dask worker keeps a process of its own beside the worker, as the pool of one machine does, so that a form
over its caps ends that process and not the worker. A worker that is killed gives its forms back to the scheduler.
"""

from __future__ import annotations

from concurrent.futures import CancelledError, Future
from types import TracebackType
from typing import Any, Self

from evidencereview.batch.children import review_here
from evidencereview.batch.task import Outcome, Task, died
from evidencereview.errors import ClusterError
from evidencereview.report.harmless import one_line
from evidencereview.version import __version__

_WAIT = 15.0
# How often a form may be under way on a worker that dies before it is given up.
_DEATHS = 3


class ClusterEngine:
    """Workers of a Dask scheduler at an address such as "tcp://127.0.0.1:8786"."""

    def __init__(self, address: str, *, shares_disk: bool = False, wait: float = _WAIT) -> None:
        """Connect to a scheduler that has at least one worker.

        Args:
            address: of the scheduler.
            shares_disk: whether the workers open the forms at the same paths; otherwise the forms are sent to them.
            wait: seconds to wait for the scheduler and its first worker.

        Raises:
            ClusterError: the extra is not installed, nobody answers, there is no worker, or a worker has another version.
        """
        self.shares_disk = shares_disk
        self._client: Any = _connect(address, wait)
        try:
            _check_versions(self._client)
            self.width = sum(self._client.nthreads().values())
            self._executor: Any = self._client.get_executor(retries=_DEATHS, pure=False)
        except BaseException:
            self._client.close()
            raise

    def submit(self, task: Task) -> Future[Outcome]:
        """Begin with a form on whichever worker is free."""
        future: Future[Outcome] = self._executor.submit(review_here, task)
        return future

    def outcome(self, task: Task, future: Future[Outcome]) -> Outcome:
        """Return what came of a form.

        Raises:
            ClusterError: the cluster left, or cannot run the task.
        """
        from distributed import KilledWorker

        try:
            return future.result()
        except KilledWorker:
            return died(task)
        except (Exception, CancelledError) as error:
            what = f"the cluster gave a form up ({type(error).__name__}: {error})"
            raise ClusterError(one_line(what), "look at the scheduler, then go on with --resume") from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Leave the cluster as it was; what is under way is given up."""
        self._executor.shutdown(wait=False)
        self._client.close()


def _connect(address: str, wait: float) -> Any:
    try:
        import distributed
    except ImportError as error:
        raise ClusterError("--scheduler needs Dask", "pip install 'evidencereview[cluster]'") from error
    open_client: Any = distributed.Client
    shown = one_line(address)
    try:
        client: Any = open_client(address, timeout=wait, set_as_default=False, name="evidencereview")
    except (OSError, ValueError, TimeoutError) as error:
        raise ClusterError(f"no Dask scheduler answers at {shown}", "start one with 'dask scheduler'") from error
    try:
        client.wait_for_workers(1, timeout=wait)
    except TimeoutError as error:
        client.close()
        raise ClusterError(f"the scheduler at {shown} has no worker", f"start one with 'dask worker {shown}'") from error
    return client


def _check_versions(client: Any) -> None:
    """Workers with another version would give other results.

    Raises:
        ClusterError: one has, or lacks the package.
    """
    try:
        found: dict[str, str] = client.run(_version)
    except Exception as error:
        raise ClusterError(
            f"a worker cannot load evidencereview ({type(error).__name__}: {error})", "install it beside every worker"
        ) from error
    for worker, version in found.items():
        if version != __version__:
            raise ClusterError(
                f"the worker {worker} has evidencereview {version}, here it is {__version__}", "install the same version"
            )


def _version() -> str:
    return __version__
