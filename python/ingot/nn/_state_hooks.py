"""State dicts of modules that have a say in theirs: by hooks, a state beside arrays, or methods that they override.

Where no module of a tree has one, `Module.state_dict` and `load_state_dict` do all in C++.
"""

from __future__ import annotations

import weakref
from collections import OrderedDict
from typing import Any

from ingot import _core
from ingot._core import nn
from ingot._files import LoadResult
from ingot._handles import Handle, Hook, checked

#: The attribute of a module that holds its hooks, each with its kind.
_ATTRIBUTE = "_state_hooks"
#: The name under which what `get_extra_state` gives is saved.
_EXTRA = "_extra_state"


def _hooks(module: nn.Module, kind: str) -> list[Hook]:
    return [hook for name, hook in vars(module).get(_ATTRIBUTE, ()) if name == kind]


def _register(module: nn.Module, kind: str, hook: Hook) -> Handle:
    entry, held = (kind, checked(hook)), weakref.ref(module)
    vars(module).setdefault(_ATTRIBUTE, []).append(entry)

    def remove() -> None:
        module = held()
        if module is None:
            return
        hooks = vars(module).get(_ATTRIBUTE, [])
        if entry in hooks:
            hooks.remove(entry)
        if not hooks:  # its tree has no more to say
            vars(module).pop(_ATTRIBUTE, None)

    return Handle(remove)


def register_state_dict_pre_hook(module: nn.Module, hook: Hook) -> Handle:
    return _register(module, "before saving", hook)


def register_state_dict_post_hook(module: nn.Module, hook: Hook) -> Handle:
    checked(hook)

    def without_result(*args: Any) -> None:
        hook(*args)

    return _register(module, "after saving", without_result)


def _register_state_dict_hook(module: nn.Module, hook: Hook) -> Handle:
    return _register(module, "after saving", hook)


def register_load_state_dict_pre_hook(module: nn.Module, hook: Hook) -> Handle:
    return _register(module, "before loading", hook)


def _register_load_state_dict_pre_hook(module: nn.Module, hook: Hook, with_module: bool = False) -> Handle:
    checked(hook)
    return register_load_state_dict_pre_hook(module, hook if with_module else lambda module, *args: hook(*args))


def register_load_state_dict_post_hook(module: nn.Module, hook: Hook) -> Handle:
    return _register(module, "after loading", hook)


def get_extra_state(module: nn.Module) -> Any:
    raise RuntimeError(f"{type(module).__name__} defines no get_extra_state()")


def set_extra_state(module: nn.Module, state: Any) -> None:
    raise RuntimeError(f"{type(module).__name__} defines no set_extra_state(state)")


def _overrides(module: nn.Module, method: str) -> bool:
    return getattr(type(module), method) is not getattr(nn.Module, method)


def state_dict(module: nn.Module, destination: Any, prefix: str, keep_vars: bool) -> Any:
    """What `Module.state_dict` gives for a tree in which a module has a say."""
    state: Any = OrderedDict() if destination is None else destination
    for hook in _hooks(module, "before saving"):
        hook(module, prefix, keep_vars)
    module._save_to_state_dict(state, prefix, keep_vars)
    for name, child in module.named_children():
        child.state_dict(destination=state, prefix=f"{prefix}{name}.", keep_vars=keep_vars)
    for hook in _hooks(module, "after saving"):
        replaced = hook(module, state, prefix, {})
        state = state if replaced is None else replaced
    return state


def _save_to_state_dict(module: nn.Module, destination: Any, prefix: str, keep_vars: bool) -> None:
    for name, value in nn._own_state(module, keep_vars).items():
        destination[prefix + name] = value
    if _overrides(module, "get_extra_state"):
        destination[prefix + _EXTRA] = module.get_extra_state()


def load_state_dict(module: nn.Module, given: Any, strict: bool, assign: bool) -> LoadResult:
    """What `Module.load_state_dict` does for a tree in which a module has a say.

    What fits is loaded before it raises UnknownNameError for what does not.
    """
    names = LoadResult([], [])
    errors: list[str] = []

    def load(module: nn.Module, state: Any, prefix: str) -> None:
        metadata = {"assign_to_params_buffers": assign}
        module._load_from_state_dict(state, prefix, metadata, True, names.missing_keys, names.unexpected_keys, errors)
        for name, child in module.named_children():
            below = f"{prefix}{name}."
            load(child, OrderedDict((key, value) for key, value in state.items() if key.startswith(below)), below)
        for hook in _hooks(module, "after loading"):
            hook(module, names)

    load(module, OrderedDict(given), "")
    if strict:
        errors += [f"missing {name!r}" for name in names.missing_keys]
        errors += [f"unexpected {name!r}" for name in names.unexpected_keys]
    if errors:
        raise _core.UnknownNameError(f"{type(module).__name__}.load_state_dict: {'; '.join(errors)}")
    return names


def _load_from_state_dict(
    module: nn.Module,
    state_dict: Any,
    prefix: str,
    local_metadata: Any,
    strict: bool,
    missing_keys: list[str],
    unexpected_keys: list[str],
    error_msgs: list[str],
) -> None:
    for hook in _hooks(module, "before loading"):
        hook(module, state_dict, prefix, local_metadata, strict, missing_keys, unexpected_keys, error_msgs)
    own = nn._own_state(module, True)
    known = {name: state_dict[prefix + name] for name in own if prefix + name in state_dict}
    try:
        nn._load_state(module, known, False, local_metadata.get("assign_to_params_buffers", False))
    except _core.ShapeError as error:
        error_msgs.append(str(error))
    if strict:
        missing_keys += [prefix + name for name in own if name not in known]
    has_extra = prefix + _EXTRA in state_dict
    if _overrides(module, "set_extra_state"):
        if has_extra:
            module.set_extra_state(state_dict[prefix + _EXTRA])
        elif strict:
            missing_keys.append(prefix + _EXTRA)
        own[_EXTRA] = None
    if strict:
        below = {f"{prefix}{name}" for name, _ in module.named_children()}
        for key in state_dict:
            name, dot, _ = key[len(prefix) :].partition(".")
            if key.startswith(prefix) and (prefix + name not in below if dot else name not in own):
                unexpected_keys.append(key)
