import os

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from formcheck.errors import FormcheckError
from formcheck.pose.mediapipe_tasks import MediaPipeBackend, forbid_network, raw_visibility


@given(st.lists(st.floats(0, 1), min_size=2, max_size=30))
def test_the_low_pass_on_visibility_is_undone(raw):
    smoothed = before = None
    for k, value in enumerate(raw):
        now = np.array([value]) if k == 0 else 0.1 * value + 0.9 * before
        smoothed = raw_visibility(now, before)
        before = now
    assert smoothed == pytest.approx(raw[-1], abs=1e-9)


def test_no_proxy_but_a_dead_end_is_left(monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:3128")
    monkeypatch.setenv("NO_PROXY", "*")
    for name in ("https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy", "no_proxy"):
        monkeypatch.setenv(name, "")
    forbid_network()
    assert os.environ["HTTPS_PROXY"] == os.environ["https_proxy"] == "http://127.0.0.1:9"
    assert "NO_PROXY" not in os.environ


def test_a_missing_bundle_is_told_before_any_work(tmp_path):
    with pytest.raises(FormcheckError) as refused:
        MediaPipeBackend(folder=tmp_path).check()
    assert refused.value.code == "MODEL_MISSING"
