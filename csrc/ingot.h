// Ingot: everything a program needs. Link with ingot::ingot.
#pragma once

// Arrays
#include "ingot/graph/array.h"
#include "ingot/graph/device.h"
#include "ingot/graph/dtype.h"
#include "ingot/graph/error.h"
#include "ingot/graph/shape.h"

// Operations
#include "ingot/ops/attention.h"
#include "ingot/ops/batch_norm.h"
#include "ingot/ops/convolution.h"
#include "ingot/ops/creation.h"
#include "ingot/ops/cross_entropy.h"
#include "ingot/ops/elementwise.h"
#include "ingot/ops/indexing.h"
#include "ingot/ops/manipulation.h"
#include "ingot/ops/matmul.h"
#include "ingot/ops/normalisation.h"
#include "ingot/ops/pooling.h"
#include "ingot/ops/random.h"
#include "ingot/ops/reduction.h"
#include "ingot/ops/softmax.h"

// Values and compiled functions
#include "ingot/engine/async.h"
#include "ingot/engine/eval.h"
#include "ingot/engine/jit.h"
#include "ingot/engine/profile.h"
#include "ingot/engine/threads.h"

// Differentiation
#include "ingot/autograd/backward.h"
#include "ingot/autograd/checkpoint.h"
#include "ingot/autograd/transforms.h"
#include "ingot/graph/grad_mode.h"

// Models
#include "ingot/nn/activation.h"
#include "ingot/nn/batch_norm.h"
#include "ingot/nn/convolution.h"
#include "ingot/nn/dropout.h"
#include "ingot/nn/embedding.h"
#include "ingot/nn/flatten.h"
#include "ingot/nn/functional.h"
#include "ingot/nn/init.h"
#include "ingot/nn/linear.h"
#include "ingot/nn/loss.h"
#include "ingot/nn/module.h"
#include "ingot/nn/multihead_attention.h"
#include "ingot/nn/normalisation.h"
#include "ingot/nn/pooling.h"
#include "ingot/nn/sequential.h"
#include "ingot/nn/softmax.h"

// Training
#include "ingot/optim/adam.h"
#include "ingot/optim/sgd.h"

// Files
#include "ingot/io/model_file.h"
#include "ingot/io/safetensors.h"
