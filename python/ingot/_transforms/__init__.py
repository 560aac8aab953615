"""Transforms of functions of nested arguments, over the C++ ones, which know flat lists of arrays."""

from __future__ import annotations

from ingot._transforms.arguments import Result as Result
from ingot._transforms.batching import vmap as vmap
from ingot._transforms.custom import custom_function as custom_function
from ingot._transforms.custom import custom_jvp as custom_jvp
from ingot._transforms.custom import custom_vjp as custom_vjp
from ingot._transforms.evaluation import async_eval as async_eval
from ingot._transforms.evaluation import eval as eval
from ingot._transforms.gradients import grad as grad
from ingot._transforms.gradients import value_and_grad as value_and_grad
from ingot._transforms.jacobians import hessian as hessian
from ingot._transforms.jacobians import hvp as hvp
from ingot._transforms.jacobians import jacfwd as jacfwd
from ingot._transforms.jacobians import jacobian as jacobian
from ingot._transforms.jacobians import jacrev as jacrev
from ingot._transforms.jacobians import vhp as vhp
from ingot._transforms.products import jvp as jvp
from ingot._transforms.products import linear_transpose as linear_transpose
from ingot._transforms.products import linearize as linearize
from ingot._transforms.products import vjp as vjp
