"""Arrays by what they hold, frozen and of a checked shape."""

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]
IntArray = NDArray[np.int64]
BoolArray = NDArray[np.bool_]
ComplexArray = NDArray[np.complex128]


def readonly(values: object, dtype: type = np.float64) -> NDArray[np.float64]:
    """Return a read-only copy of `values` as an array."""
    array: NDArray[np.float64] = np.array(values, dtype=dtype)
    array.flags.writeable = False
    return array


def check_shape(name: str, array: NDArray[np.float64], shape: tuple[int | None, ...]) -> None:
    """Raise ValueError unless an array has this shape (None: any length)."""
    ok = array.ndim == len(shape) and all(
        want is None or want == got for want, got in zip(shape, array.shape, strict=True)
    )
    if not ok:
        want = tuple("T" if s is None else s for s in shape)
        msg = f"{name} must have shape {want}, got {array.shape}"
        raise ValueError(msg)
