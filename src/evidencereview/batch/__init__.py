"""Many forms: each in a process of its own under caps, on this machine or a cluster; an interrupted run can go on.

paths → forms → outcomes as they come, each written whole with a record of it → tables, in the order of the forms
"""

from evidencereview.batch.run import BatchResult, Wishes, run_batch
from evidencereview.batch.task import Caps

__all__ = ["BatchResult", "Caps", "Wishes", "run_batch"]
