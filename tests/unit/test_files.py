import errno
import hashlib

import pytest

from formcheck.errors import FormcheckError
from formcheck.files import file_sha256, whole_file, write_error


def test_the_hash_does_not_depend_on_the_piece_size(tmp_path):
    path = tmp_path / "a"
    path.write_bytes(b"x" * 10_001)
    want = hashlib.sha256(b"x" * 10_001).hexdigest()
    assert file_sha256(path) == want
    assert file_sha256(path, 7) == want


def test_a_file_appears_whole(tmp_path):
    path = tmp_path / "sub" / "a.txt"
    with whole_file(path) as part:
        part.write_text("new")
        assert not path.exists()
    assert path.read_text() == "new"
    assert [p.name for p in path.parent.iterdir()] == ["a.txt"]


def test_failure_keeps_the_old_file_and_leaves_no_part(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("old")
    with pytest.raises(RuntimeError), whole_file(path) as part:
        part.write_text("half")
        raise RuntimeError
    assert path.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]


def test_what_the_system_refuses_is_told_in_plain_words(tmp_path):
    assert write_error(OSError(errno.ENOSPC, "x"), tmp_path).code == "DISK_FULL"
    assert write_error(PermissionError(errno.EACCES, "x"), tmp_path).code == "OUTPUT_NOT_WRITABLE"
    (tmp_path / "file").touch()
    with (
        pytest.raises(FormcheckError, match="OUTPUT_NOT_WRITABLE"),
        whole_file(tmp_path / "file" / "a"),
    ):
        pass
    with pytest.raises(FormcheckError, match="DISK_FULL"), whole_file(tmp_path / "b"):
        raise OSError(errno.ENOSPC, "No space left on device")
    assert [p.name for p in tmp_path.iterdir()] == ["file"]
