"""A folder of data with the draft of an invented text, for the tests of the review."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from parkstudy.record.draft import draft
from parkstudy.recorder import Review

SOURCE = "qinghe-2021"
TEXT = """青河工业园区2021年工作总结

一、主要经济指标
2021年1-11月,园区实现规模工业总产值45.6亿元,同比增长8.2%;完成税收1.2亿元,同比增长5%,完成年度任务的92%。预计全年实现工业总产值50亿元左右。
二、招商引资
今年以来,园区新签约项目12个,合同投资总额约36亿元,其中青河电子投资5亿元。园区现有企业86家,从业人员1.2万人。
(一)基础设施
完成投资3000余万元,新修道路3公里。上级下发〔2021〕15号文件。
三、明年打算
力争2022年实现工业总产值60亿元,税收1.5亿元。
"""


@pytest.fixture(scope="session")
def drafted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The text (`texts`) and its folder (`data`), which nobody changes."""
    top = tmp_path_factory.mktemp("drafted")
    (top / "texts").mkdir()
    (top / "texts" / f"{SOURCE}.txt").write_bytes(TEXT.encode())
    draft([top / "texts" / f"{SOURCE}.txt"], top / "data")
    return top


@pytest.fixture
def folder(drafted: Path, tmp_path: Path) -> Path:
    """A copy of the folder of data, to be changed."""
    return Path(shutil.copytree(drafted / "data", tmp_path / "data"))


@pytest.fixture
def opened(drafted: Path, folder: Path) -> Callable[[], Review]:
    """The review of the text, as a new kernel opens it."""
    return lambda: Review(folder, SOURCE, drafted / "texts")
