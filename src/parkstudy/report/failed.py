"""The error page of a notebook that failed: what went wrong, for whoever builds; it is no page of the study and nothing leads to it."""

from parkstudy.method.study import load
from parkstudy.report.furniture import filled, furniture, policy, with_face
from parkstudy.report.task import Task
from parkstudy.show.view import View


def failed_page(task: Task, error: str, trace: str) -> str:
    """The error page of a task as HTML: the error, and `trace` as the kernel or this process printed it."""
    view = View(load(task.parameters.get("data")), task.lang)
    given = ", ".join(f"{name}={value}" for name, value in task.parameters.items() if name != "data")
    text = filled(
        "failed.html.j2", **furniture(view, ""), stem=task.stem, policy=policy(), given=given, error=error, trace=trace
    )
    return with_face(text, text)
