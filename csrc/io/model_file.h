// Models and arrays in files. A model file is a safetensors file whose metadata describes the tree of modules; nothing
// in it is ever executed.
#pragma once

#include <functional>
#include <string>

#include "ingot/io/safetensors.h"
#include "ingot/nn/module.h"

namespace ingot {

/// Makes a module of a class that is not built in, from its name and what its `config()` was; null if it knows no such
/// class. The module may come with its children, parameters and buffers, or bare: what is missing is added from the
/// file.
using ModuleResolver = std::function<nn::ModulePtr(const std::string& type_name, const Json& config)>;
/// The resolver that loading asks if it is not given one; for host languages.
void set_module_resolver(ModuleResolver resolver);

/// Writes a model: parameters and persistent buffers (tied ones once), and for each module its class, configuration,
/// mode and children. Whole or not at all. Throws what `save_safetensors` throws.
void save(const nn::Module& model, const std::string& path);
/// Reads a model that `save` wrote, in the mode (train or eval) it was saved in. Throws FileError if the file is not a
/// model, if its parts do not fit together, or if it holds a class that is neither built in nor known to the resolver.
nn::ModulePtr load(const std::string& path, const ModuleResolver& resolver = {});

/// Writes arrays by name, whole or not at all. Throws what `save_safetensors` throws.
void save_arrays(const NamedArrays& arrays, const std::string& path);
/// Reads the arrays of any safetensors file, a model's too.
NamedArrays load_arrays(const std::string& path);

/// True for the content of a model file, false for plain arrays.
bool holds_model(const SafeTensors& content);
/// The model that `content` describes; it takes over the arrays. `origin` names the file in errors. Throws as `load`
/// does.
nn::ModulePtr build_model(const SafeTensors& content, const std::string& origin, const ModuleResolver& resolver = {});

}  // namespace ingot
