"""Model files: what is saved comes back elsewhere, what is broken or hostile is refused, nothing in a file is run."""

from __future__ import annotations

import contextlib
import io
import json
import os
import pickle
import stat
import struct
import sys
from pathlib import Path

import numpy as np
import pytest
from helpers import ALL_DTYPES, array_of, numpy_of, run_python

import ingot as ig
from ingot import nn

# ---- an independent reader and writer of the format ----

NUMPY_DTYPES = {
    "BOOL": "?", "I8": "i1", "I16": "<i2", "I32": "<i4", "I64": "<i8", "U8": "u1", "U16": "<u2", "U32": "<u4",
    "U64": "<u8", "F16": "<f2", "BF16": "<u2", "F32": "<f4", "F64": "<f8", "C64": "<c8",
}  # fmt: skip


def read_safetensors(path: Path) -> tuple[dict[str, np.ndarray], dict[str, str]]:
    content = path.read_bytes()
    (length,) = struct.unpack("<Q", content[:8])
    header = json.loads(content[8 : 8 + length])
    metadata = header.pop("__metadata__", {})
    data = content[8 + length :]
    arrays = {}
    for name, entry in header.items():
        begin, end = entry["data_offsets"]
        arrays[name] = np.frombuffer(data[begin:end], NUMPY_DTYPES[entry["dtype"]]).reshape(entry["shape"])
    return arrays, metadata


def safetensors_bytes(header: object, data: bytes = b"", length: int | None = None) -> bytes:
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    return struct.pack("<Q", len(text) if length is None else length) + text + data


def entry(shape: list, begin: int, end: int, dtype: str = "F32") -> dict:
    return {"dtype": dtype, "shape": shape, "data_offsets": [begin, end]}


# ---- models ----


class Doubler(nn.Module):
    """A user's class with an argument, its own parameter, a buffer and children."""

    def __init__(self, width: int = 2) -> None:
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(width, width), nn.ReLU())
        self.gain = nn.Parameter(ig.full((width,), 2.0))
        self.register_buffer("count", ig.array([7], dtype=ig.int64))

    def forward(self, x):
        return self.layers(x) * self.gain


def builtin_model() -> nn.Module:
    return nn.Sequential(
        nn.Linear(4, 8), nn.Tanh(), nn.Dropout(0.25), nn.Sequential(nn.Flatten(), nn.Linear(8, 3, bias=False))
    )


def test_builtin_layers_come_back_in_a_fresh_process(tmp_path: Path) -> None:
    path = tmp_path / "model.safetensors"
    model = builtin_model().eval()
    ig.save(model, str(path))
    x = np.linspace(-1, 1, 8).reshape(2, 4).tolist()
    out = run_python(
        "import sys, json, ingot as ig\n"
        "model = ig.load(sys.argv[1])\n"
        "print(json.dumps(model(ig.array(json.loads(sys.argv[2]))).tolist()))\n"
        "print(type(model).__name__, model.training, model[2].p, model[3][1].bias)",
        str(path),
        json.dumps(x),
    ).stdout.splitlines()
    np.testing.assert_allclose(json.loads(out[0]), numpy_of(model(ig.array(x))), rtol=1e-6)
    assert out[1] == "Sequential False 0.25 None"


def test_user_class_comes_back_where_it_is_defined(tmp_path: Path) -> None:
    path = tmp_path / "model.safetensors"
    model = Doubler(3)
    ig.save(model, path)
    again = ig.load(path)
    assert type(again) is Doubler
    x = ig.ones((1, 3))
    np.testing.assert_array_equal(numpy_of(again(x)), numpy_of(model(x)))
    assert again.count.item() == 7
    assert again.count.dtype == ig.int64
    assert sorted(n for n, _ in again.named_parameters()) == sorted(n for n, _ in model.named_parameters())
    again(x).sum().backward()
    assert again.gain.grad is not None


def test_user_class_that_the_process_lacks_is_named(tmp_path: Path) -> None:
    path = tmp_path / "model.safetensors"
    ig.save(nn.Sequential(Doubler()), path)
    result = run_python("import sys, ingot as ig; ig.load(sys.argv[1])", str(path), check=False)
    assert result.returncode == 1
    assert "Doubler" in result.stderr.splitlines()[-1] or "Doubler" in result.stderr
    assert "Traceback" in result.stderr


def test_training_goes_on_after_loading(tmp_path: Path) -> None:
    path = tmp_path / "model.safetensors"
    ig.save(builtin_model(), path)
    model = ig.load(path)
    assert model.training
    optimizer = ig.optim.Adam(model.parameters(), lr=0.01)
    model(ig.ones((2, 4))).sum().backward()
    optimizer.step()
    assert all(p.requires_grad and p.is_leaf for p in model.parameters())


def test_tied_weights_are_saved_once_and_stay_tied(tmp_path: Path) -> None:
    path = tmp_path / "tied.safetensors"
    model = nn.Sequential(nn.Linear(3, 3), nn.Linear(3, 3))
    model[1].weight = model[0].weight
    ig.save(model, path)
    arrays, _ = read_safetensors(path)
    assert sum(a.size for a in arrays.values()) == 9 + 3 + 3
    again = ig.load(path)
    assert again[0].weight is again[1].weight


def test_any_reader_opens_the_file(tmp_path: Path) -> None:
    path = tmp_path / "model.safetensors"
    model = builtin_model()
    ig.save(model, path)
    arrays, metadata = read_safetensors(path)
    want = model.state_dict()
    assert set(arrays) == set(want)
    for name, value in arrays.items():
        np.testing.assert_array_equal(value, numpy_of(want[name]))
    assert all(isinstance(v, str) for v in metadata.values())
    header_length = struct.unpack("<Q", path.read_bytes()[:8])[0]
    assert header_length % 8 == 0, "elements are aligned"


def test_no_file_is_left_behind_and_the_mode_is_usual(tmp_path: Path) -> None:
    path = tmp_path / "model.safetensors"
    ig.save(nn.Linear(1, 1), path)
    assert [p.name for p in tmp_path.iterdir()] == ["model.safetensors"]
    other = tmp_path / "other"
    other.touch()
    assert stat.S_IMODE(path.stat().st_mode) == stat.S_IMODE(other.stat().st_mode)


def test_failed_save_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "model.safetensors"
    ig.save(nn.Linear(1, 1), path)
    before = path.read_bytes()

    class Broken(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.register_buffer("bad", ig.take(ig.ones(2), ig.array([5]), axis=0))

    with pytest.raises(IndexError):
        ig.save(Broken(), path)
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["model.safetensors"]


@pytest.mark.skipif(os.name != "posix", reason="limits a process's file size")
def test_full_disk_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "model.safetensors"
    ig.save(nn.Linear(1, 1), path)
    before = path.read_bytes()
    result = run_python(
        "import resource, signal, sys, ingot as ig\n"
        "from ingot import nn\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))\n"
        "try:\n    ig.save(nn.Linear(100, 100), sys.argv[1])\n"
        "except OSError as error:\n    print('refused:', error)\n",
        str(path),
    )
    assert "refused:" in result.stdout
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["model.safetensors"]


def test_save_to_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="missing"):
        ig.save(nn.Linear(1, 1), tmp_path / "missing" / "model.safetensors")


def test_load_of_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"nothing\.safetensors"):
        ig.load(tmp_path / "nothing.safetensors")


# ---- arrays ----


@pytest.mark.parametrize("dtype", [d for d in ALL_DTYPES if d != "complex128"])
def test_arrays_of_every_dtype(dtype: str, tmp_path: Path) -> None:
    path = tmp_path / "arrays.safetensors"
    values = {
        "matrix": array_of(np.arange(6).reshape(2, 3), dtype),
        "transposed": ig.transpose(array_of(np.arange(6).reshape(2, 3), dtype)),
        "scalar": array_of(np.array(1), dtype),
        "empty": array_of(np.zeros((0, 4)), dtype),
        "name with spaces / and ümläuts": array_of(np.ones(1), dtype),
    }
    ig.save(values, path)
    again = ig.load(path)
    assert list(again) == list(values)
    for name, value in values.items():
        assert again[name].dtype == value.dtype
        np.testing.assert_array_equal(numpy_of(again[name]), numpy_of(value))


def test_foreign_safetensors_gives_its_arrays(tmp_path: Path) -> None:
    path = tmp_path / "foreign.safetensors"
    data = np.arange(4, dtype="<f4").tobytes()
    path.write_bytes(safetensors_bytes({"w": entry([2, 2], 0, 16), "__metadata__": {"format": "pt"}}, data))
    assert ig.load(path)["w"].tolist() == [[0, 1], [2, 3]]


# ---- files that are not what they should be ----

GOOD = bytes(16)
HOSTILE = {
    "empty file": b"",
    "shorter than a length": b"\x01\x02\x03",
    "header longer than the file": safetensors_bytes({}, length=1000),
    "header length that overflows": safetensors_bytes({}, length=2**64 - 1),
    "header that is not JSON": safetensors_bytes(b"not json"),
    "header that is not an object": safetensors_bytes([1, 2]),
    "header of invalid UTF-8": safetensors_bytes(b'{"\xff\xfe": 1}'),
    "header that ends early": safetensors_bytes(b'{"w": {"dtype": "F32"'),
    "header nested without end": safetensors_bytes(b'{"w":' + b"[" * 100_000 + b"]" * 100_000 + b"}"),
    "text after the header's object": safetensors_bytes(b"{} {}"),
    "duplicate names": safetensors_bytes(
        b'{"w": {"dtype":"F32","shape":[2],"data_offsets":[0,8]},'
        b' "w": {"dtype":"F32","shape":[2],"data_offsets":[8,16]}}',
        GOOD,
    ),
    "hole between arrays": safetensors_bytes({"a": entry([1], 0, 4), "b": entry([2], 8, 16)}, GOOD),
    "hole in front": safetensors_bytes({"a": entry([3], 4, 16)}, GOOD),
    "overlapping arrays": safetensors_bytes({"a": entry([3], 0, 12), "b": entry([2], 8, 16)}, GOOD),
    "bytes after the last array": safetensors_bytes({"a": entry([2], 0, 8)}, GOOD),
    "data that ends early": safetensors_bytes({"a": entry([8], 0, 32)}, GOOD),
    "negative length": safetensors_bytes({"a": entry([-4], 0, 16)}, GOOD),
    "two negative lengths": safetensors_bytes({"a": entry([-2, -2], 0, 16)}, GOOD),
    "lengths whose product overflows": safetensors_bytes({"a": entry([2**32, 2**32, 4], 0, 16)}, GOOD),
    "lengths whose bytes overflow": safetensors_bytes({"a": entry([2**62 + 4], 0, 16)}, GOOD),
    "length beyond 64 bits": safetensors_bytes({"a": entry([2**70], 0, 16)}, GOOD),
    "zero length hides an overflow": safetensors_bytes({"a": entry([0, 2**62, 2**62], 0, 16)}, GOOD),
    "length that is not an integer": safetensors_bytes({"a": entry([4.5], 0, 16)}, GOOD),
    "length that is a string": safetensors_bytes({"a": entry(["4"], 0, 16)}, GOOD),
    "size that differs from the shape's": safetensors_bytes({"a": entry([3], 0, 16)}, GOOD),
    "offsets in reverse": safetensors_bytes({"a": entry([4], 16, 0)}, GOOD),
    "negative offset": safetensors_bytes({"a": entry([4], -16, 0)}, GOOD),
    "offset beyond 64 bits": safetensors_bytes({"a": entry([4], 0, 2**64 + 16)}, GOOD),
    "one offset": safetensors_bytes({"a": {"dtype": "F32", "shape": [4], "data_offsets": [0]}}, GOOD),
    "unknown dtype": safetensors_bytes({"a": entry([4], 0, 16, "F33")}, GOOD),
    "missing shape": safetensors_bytes({"a": {"dtype": "F32", "data_offsets": [0, 16]}}, GOOD),
    "entry that is not an object": safetensors_bytes({"a": 5}),
    "metadata that is not strings": safetensors_bytes({"__metadata__": {"a": 5}}),
    "pickle": pickle.dumps({"w": [1.0, 2.0]}),
    "zip archive": b"PK\x03\x04" + bytes(100),
    "text": b"just some text that is long enough to have a length\n" * 10,
}


@pytest.mark.parametrize("content", HOSTILE.values(), ids=HOSTILE.keys())
def test_refused(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "bad.safetensors"
    path.write_bytes(content)
    with pytest.raises(OSError, match=r"bad\.safetensors"):
        ig.load(path)


class Bomb:
    def __reduce__(self):
        return (sys.exit, ("executed",))


def test_pickle_is_never_run_and_the_error_names_it(tmp_path: Path) -> None:
    path = tmp_path / "model.pth"
    path.write_bytes(pickle.dumps(Bomb()))
    with pytest.raises(OSError, match=r"(?i)pickle|safetensors"):
        ig.load(path)


def model_file(tmp_path: Path) -> Path:
    path = tmp_path / "model.safetensors"
    ig.save(builtin_model(), path)
    return path


def test_every_truncation_is_refused(tmp_path: Path) -> None:
    path = model_file(tmp_path)
    content = path.read_bytes()
    for length in range(0, len(content), 7):
        path.write_bytes(content[:length])
        with pytest.raises(OSError):
            ig.load(path)


def test_damaged_bytes_give_a_model_or_an_error(tmp_path: Path, rng: np.random.Generator) -> None:
    """Whatever is in the header: no crash, no hang, and no exception but the documented one."""
    path = model_file(tmp_path)
    content = path.read_bytes()
    header = 8 + struct.unpack("<Q", content[:8])[0]
    for _ in range(400):
        damaged = bytearray(content)
        for position in rng.integers(0, header, rng.integers(1, 4)):
            damaged[position] = rng.integers(0, 256)
        path.write_bytes(damaged)
        with contextlib.suppress(OSError):
            ig.load(path)


def test_model_tree_that_does_not_fit_its_arrays(tmp_path: Path) -> None:
    path = model_file(tmp_path)
    arrays, metadata = read_safetensors(path)
    changes = {
        "missing array": lambda: arrays.pop(next(iter(arrays))),
        "unknown type": lambda: metadata.update({k: v.replace("Linear", "os.system") for k, v in metadata.items()}),
    }
    for name, change in changes.items():
        change()
        offset, header, data = 0, {"__metadata__": metadata}, b""
        for key, value in arrays.items():
            raw = value.tobytes()
            header[key] = entry(list(value.shape), offset, offset + len(raw))
            offset, data = offset + len(raw), data + raw
        path.write_bytes(safetensors_bytes(header, data))
        with pytest.raises(OSError):
            ig.load(path)
            pytest.fail(name)


@pytest.mark.parametrize("bad", [object(), {"a": object()}, [1, print], {"model": nn.Linear(1, 1)}, {(nn.ReLU(),): 1}])
def test_save_of_what_is_no_plain_data(bad, tmp_path: Path) -> None:
    with pytest.raises(TypeError, match="save: "):
        ig.save(bad, tmp_path / "x.safetensors")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "plain",
    [
        5,
        None,
        [1, 2.5, "text", True],
        {"a": "text", 1: (2, {3}), (4, "b"): [None]},
        {"inf": float("inf"), "c": 1 - 2j, "raw": b"\x00\xff", "dtypes": [ig.float32, ig.bool_]},
        [],
        {"empty": {}},
    ],
)
def test_plain_values_come_back_as_they_were(plain, tmp_path: Path) -> None:
    ig.save(plain, tmp_path / "plain.pt")
    assert ig.load(tmp_path / "plain.pt", weights_only=True) == plain


def test_nested_arrays_keep_their_places(tmp_path: Path) -> None:
    path = tmp_path / "nested.pt"
    values = {"a/b": ig.ones(2), "a": {"b": ig.zeros(0, 3), 1: np.arange(3)}, "list": [ig.array(2.5), np.float64(1.5)]}
    ig.save(values, path)
    back = ig.load(path, map_location="cpu")
    assert back["a/b"].tolist() == [1, 1] and back["a"]["b"].shape == (0, 3)
    assert back["a"][1].dtype == ig.int64 and back["list"][0].item() == 2.5 and back["list"][1] == 1.5
    ig.save(ig.arange(3), path)
    assert ig.load(path).tolist() == [0, 1, 2]


def test_checkpoint_of_a_training_resumes_it(tmp_path: Path) -> None:
    def parts():
        model = nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4), nn.Linear(4, 1))
        optimizer = ig.optim.AdamW(model.parameters(), lr=0.1)
        return model, optimizer, ig.optim.lr_scheduler.StepLR(optimizer, step_size=2)

    def train(model, optimizer, schedule) -> list[float]:
        losses = []
        for _ in range(3):
            optimizer.zero_grad()
            loss = (model(x) ** 2).mean()
            loss.backward()
            optimizer.step()
            schedule.step()
            losses.append(loss.item())
        return losses

    x = ig.random.normal((8, 3))
    first, second = parts(), parts()
    train(*first)
    states = {name: part.state_dict() for name, part in zip("mos", first, strict=True)}
    ig.save({"epoch": 3, **states}, tmp_path / "checkpoint.pt")
    checkpoint = ig.load(tmp_path / "checkpoint.pt")
    assert checkpoint.pop("epoch") == 3
    for name, part in zip("mos", second, strict=True):
        part.load_state_dict(checkpoint[name])
    assert train(*second) == train(*first)


def test_open_files(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    ig.save(nn.Linear(2, 1).state_dict(), buffer)
    buffer.seek(0)
    assert list(ig.load(buffer)) == ["weight", "bias"]
    with open(tmp_path / "model.pt", "wb") as file:
        ig.save(nn.Linear(2, 1), file)
    assert isinstance(ig.load(tmp_path / "model.pt"), nn.Linear)


def test_broken_checkpoint(tmp_path: Path) -> None:
    for text in (b"{", b'{"array": "missing"}', b'{"what": [1]}', b'{"a": 1, "b": 2}', b'{"dict": 3}'):
        ig._core.save({"__checkpoint__": np.frombuffer(text, np.uint8)}, tmp_path / "x.pt")
        with pytest.raises(ig.FileError, match="checkpoint"):
            ig.load(tmp_path / "x.pt")


def test_complex128_has_no_place_in_the_format(tmp_path: Path) -> None:
    with pytest.raises(TypeError, match="complex128"):
        ig.save({"z": ig.array([1j], dtype=ig.complex128)}, tmp_path / "x.safetensors")
