import threading

import pytest

from formcheck.pixels.run import beside


def test_work_beside_is_over_at_the_end_and_its_error_is_told():
    done = threading.Event()
    with beside(done.set):
        pass
    assert done.is_set()
    with beside(None):
        pass

    def fail():
        msg = "for a test"
        raise KeyError(msg)

    with pytest.raises(KeyError, match="for a test"), beside(fail):
        pass


def test_an_error_of_the_pass_comes_first():
    with pytest.raises(RuntimeError, match="the pass"), beside(lambda: None):
        msg = "the pass failed"
        raise RuntimeError(msg)
