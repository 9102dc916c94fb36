"""Takes the outline mask out of a landmark model: the part of the net whose result nobody reads.

MediaPipe's landmark nets end in five outputs, one of them a mask of the person in 256 x 256 pixels.
The landmarker does not return it unless asked to, but its branch is computed in every picture: a
tenth of the net's products and, being large in pixels and small in channels, a third of the time
of ``full`` (16.3 to 10.4 ms per picture on one core) and half of ``lite``. Without it the landmarks
are the same bit for bit.

The bundle on disk stays as it was shipped and checked. In memory two lists of the net change: its
operators, of which those that only the mask needs are left out, and its outputs, where another one
stands in the mask's place, because MediaPipe tells the outputs by their place.

The net is a flatbuffer of TensorFlow Lite's schema (version 3), of which the places below are a
part.
"""

import io
import zipfile
from dataclasses import dataclass
from typing import Final

from flatbuffers import number_types
from flatbuffers.table import Table

_LANDMARKS: Final = "pose_landmarks_detector.tflite"
_MASK_SHAPE: Final = (1, 256, 256, 1)
_MODEL_SUBGRAPHS: Final = 8
_GRAPH_TENSORS: Final = 4
_GRAPH_OUTPUTS: Final = 8
_GRAPH_OPERATORS: Final = 10
_OPERATOR_INPUTS: Final = 6
_OPERATOR_OUTPUTS: Final = 8
_TENSOR_SHAPE: Final = 4
_STEP: Final = 4  # bytes of an entry of a list, be it a number or a place


def without_mask(bundle: bytes) -> bytes:
    """Return a model bundle whose landmark net works out no mask.

    Parameters
    ----------
    bundle : bytes
        A ``.task`` file: an uncompressed zip archive.

    Returns
    -------
    bytes
        The same, with less to compute; the bundle itself if its net has no mask.
    """
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(bundle)) as whole, zipfile.ZipFile(out, "w") as slim:
        for name in whole.namelist():
            content = whole.read(name)
            slim.writestr(name, _slim(content) if name == _LANDMARKS else content)
    return out.getvalue()


@dataclass(frozen=True, slots=True)
class _List:
    """A list within a flatbuffer: where its entries begin, and how many there are."""

    table: Table
    begin: int
    length: int

    @classmethod
    def of(cls, table: Table, field: int) -> "_List":
        place = table.Offset(field)
        if place == 0:
            return cls(table, 0, 0)
        return cls(table, table.Vector(place), table.VectorLen(place))

    def numbers(self) -> list[int]:
        """Return the entries of a list of numbers."""
        read = self.table.Get
        flags = number_types.Int32Flags
        return [read(flags, self.begin + _STEP * k) for k in range(self.length)]

    def tables(self) -> list[Table]:
        """Return the entries of a list of tables."""
        places = [self.begin + _STEP * k for k in range(self.length)]
        return [Table(self.table.Bytes, self.table.Indirect(place)) for place in places]


def _slim(net: bytes) -> bytes:
    changed = bytearray(net)
    root = Table(changed, int.from_bytes(net[:4], "little"))
    graph = _List.of(root, _MODEL_SUBGRAPHS).tables()[0]
    outputs = _List.of(graph, _GRAPH_OUTPUTS)
    tensors = _List.of(graph, _GRAPH_TENSORS).tables()
    wanted = outputs.numbers()
    masks = [k for k, tensor in enumerate(wanted) if _shape(tensors[tensor]) == _MASK_SHAPE]
    if len(masks) != 1 or len(wanted) < 2:
        return net
    (mask,) = masks
    wanted[mask] = wanted[mask - 1]
    operators = _List.of(graph, _GRAPH_OPERATORS)
    needed = _needed(operators.tables(), wanted)
    _write(changed, outputs.begin + _STEP * mask, wanted[mask])
    _write(changed, operators.begin - _STEP, len(needed))  # a list's length stands before it
    for k, operator in enumerate(needed):
        place = operators.begin + _STEP * k
        _write(changed, place, operator.Pos - place)
    return bytes(changed)


def _needed(operators: list[Table], outputs: list[int]) -> list[Table]:
    """Return the operators, in their order, without which an output could not be worked out."""
    wanted = set(outputs)
    needed = []
    for operator in reversed(operators):  # each stands behind those whose results it takes
        if wanted.intersection(_List.of(operator, _OPERATOR_OUTPUTS).numbers()):
            wanted.update(_List.of(operator, _OPERATOR_INPUTS).numbers())
            needed.append(operator)
    return needed[::-1]


def _shape(tensor: Table) -> tuple[int, ...]:
    return tuple(_List.of(tensor, _TENSOR_SHAPE).numbers())


def _write(net: bytearray, place: int, number: int) -> None:
    net[place : place + _STEP] = number.to_bytes(_STEP, "little")
