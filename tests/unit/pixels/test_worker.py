import io

import pytest

from formcheck.errors import FormcheckError
from formcheck.pixels.worker import receive, send


def test_messages_arrive_as_they_were_sent():
    pipe = io.BytesIO()
    for message in (("ticks", 4), ("refused", FormcheckError("CANCELLED", "stop"))):
        send(pipe, message)
    pipe.seek(0)
    assert receive(pipe) == ("ticks", 4)
    kind, error = receive(pipe)
    assert (kind, error.code, error.what) == ("refused", "CANCELLED", "stop")


@pytest.mark.parametrize("keep", [0, 5, 12])
def test_a_pipe_that_breaks_off_is_the_end(keep):
    pipe = io.BytesIO()
    send(pipe, list(range(100)))
    with pytest.raises(EOFError):
        receive(io.BytesIO(pipe.getvalue()[:keep]))
