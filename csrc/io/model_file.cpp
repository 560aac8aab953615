#include "ingot/io/model_file.h"

#include <typeinfo>
#include <unordered_map>
#include <unordered_set>

#include "ingot/nn/factory.h"
#include "ingot/ops/random.h"

// Note [Model files]
// The metadata of a model file holds
//   format         "ingot"
//   ingot_version  the layout described here: "1"
//   ingot_modules  a JSON list with one object per module, the model itself first:
//     class        its type name
//     custom       true unless the class is built in; then a resolver makes it
//     config       what its config() was
//     training     its mode
//     parameters   {name: name of an array in this file, or null where it is switched off}
//     frozen       names of those parameters that do not require grad
//     buffers      {name: name of an array in this file}
//     children     {name: position of a module in this list}
// A list with positions, not a tree of objects: a shared module is one entry, a shared parameter one array, and no
// reader needs to recurse. Of `frozen` to `children` only those are written that are not empty.

namespace ingot {

namespace {

constexpr const char* kFormatKey = "format";
constexpr const char* kFormat = "ingot";
constexpr const char* kVersionKey = "ingot_version";
constexpr const char* kVersion = "1";
constexpr const char* kModulesKey = "ingot_modules";

ModuleResolver& installed_resolver() {
  // Never destroyed: it may hold objects of a host language that ends before this process does.
  static ModuleResolver& resolver = *new ModuleResolver;
  return resolver;
}

/// The builder that makes exactly such a module, or null: a subclass of a built-in class is not built in.
const nn::Builder* builder_of(const nn::Module& module) {
  const nn::Builder* builder = nn::find_builder(module.type_name());
  return builder && *builder->type == typeid(module) ? builder : nullptr;
}

/// Takes the modules of a model apart into arrays and a description.
SafeTensors describe(const nn::Module& model) {
  const auto modules = model.named_modules();
  std::unordered_map<const nn::Module*, int64_t> positions;
  for (const auto& [path, module] : modules) positions.emplace(module, static_cast<int64_t>(positions.size()));

  SafeTensors content;
  std::unordered_map<const void*, std::string> keys;
  const auto key_of = [&](const std::string& path, const std::string& name, const Array& array) {
    const auto [found, is_new] = keys.emplace(array.id(), path.empty() ? name : path + '.' + name);
    if (is_new) content.arrays.emplace_back(found->second, array);
    return found->second;
  };

  Json::List records;
  for (const auto& [path, module] : modules) {
    Json::Object parameters, buffers, children;
    Json::List frozen;
    for (const auto& [name, array] : module->own_parameters()) {
      parameters.emplace_back(name, array.defined() ? Json(key_of(path, name, array)) : Json());
      if (array.defined() && !array.requires_grad()) frozen.emplace_back(name);
    }
    for (const auto& [name, entry] : module->own_buffers())
      if (entry.persistent && entry.value.defined()) buffers.emplace_back(name, key_of(path, name, entry.value));
    for (const auto& [name, child] : module->children()) children.emplace_back(name, positions.at(child.get()));

    Json::Object record{{"class", module->type_name()}};
    if (!builder_of(*module)) record.emplace_back("custom", true);
    record.emplace_back("config", module->config());
    record.emplace_back("training", module->training());
    if (!parameters.empty()) record.emplace_back("parameters", std::move(parameters));
    if (!frozen.empty()) record.emplace_back("frozen", std::move(frozen));
    if (!buffers.empty()) record.emplace_back("buffers", std::move(buffers));
    if (!children.empty()) record.emplace_back("children", std::move(children));
    records.emplace_back(std::move(record));
  }
  content.metadata = {{kFormatKey, kFormat}, {kVersionKey, kVersion}, {kModulesKey, Json(std::move(records)).dump()}};
  return content;
}

/// Puts the global random generator back when done: the initial values that constructors draw are thrown away, so
/// loading a model must not change what a program draws next.
class KeepRandomState {
 public:
  KeepRandomState() : before_(random::state().node()) {}
  ~KeepRandomState() { random::state().rebind_unchecked(before_); }

 private:
  NodeRef before_;
};

/// Puts the modules of a file together.
class Assembly {
 public:
  Assembly(const SafeTensors& content, const Json::List& records, const ModuleResolver& resolver)
      : records_(records), resolver_(resolver ? resolver : installed_resolver()), modules_(records.size()) {
    for (const auto& [key, array] : content.arrays) arrays_.emplace(key, array);
  }

  nn::ModulePtr build() {
    if (records_.empty()) throw FileError("it describes no modules");
    build_tree();
    for (size_t i = 0; i < records_.size(); ++i) {
      if (!modules_[i]) throw FileError("module ", i, " belongs to no other");
      fill(records_[i], *modules_[i]);
    }
    check_complete();
    return modules_[0];
  }

 private:
  nn::ModulePtr make(const Json& record) const {
    const std::string& type_name = record.at("class").as_string();
    const Json& config = record.at("config");
    if (!is_custom(record)) {
      if (const nn::Builder* builder = nn::find_builder(type_name)) return builder->build(config);
      throw FileError("it holds a built-in layer '", type_name, "' that this version of Ingot does not have");
    }
    if (nn::ModulePtr module = resolver_ ? resolver_(type_name, config) : nullptr) return module;
    throw FileError("it holds a module of class '", type_name,
                    "', which is not built in and not known here. Define or import the class before "
                    "loading; or make the model yourself, and pass it the arrays of the file with load_state_dict");
  }

  static bool is_custom(const Json& record) {
    const Json* custom = record.find("custom");
    return custom && custom->as_bool();
  }

  /// The members of an optional object of a record.
  static const Json::Object& members(const Json& record, const char* key) {
    static const Json::Object kNone;
    const Json* found = record.find(key);
    return found ? found->as_object() : kNone;
  }

  void build_tree() {
    modules_[0] = make(records_[0]);
    std::vector<size_t> pending{0};
    while (!pending.empty()) {
      const size_t position = pending.back();
      pending.pop_back();
      nn::Module& parent = *modules_[position];
      for (const auto& [name, child_position] : members(records_[position], "children")) {
        const int64_t child = child_position.as_int();
        if (child < 0 || static_cast<size_t>(child) >= records_.size())
          throw FileError("module \"", name, "\" should be at position ", child, " of ", records_.size());
        nn::ModulePtr& module = modules_[static_cast<size_t>(child)];
        const nn::ModulePtr* own = parent.children().find(name);
        if (!module) {
          // A class of the user's that made its children itself keeps them: it may hold them elsewhere too.
          const Json& record = records_[static_cast<size_t>(child)];
          module = own && (*own)->type_name() == record.at("class").as_string() ? *own : make(record);
          pending.push_back(static_cast<size_t>(child));
        }
        if (!own || *own != module) parent.register_module(name, module);
      }
    }
  }

  /// The array under a key; each use ties to the ones before.
  const Array& array_at(const std::string& key) const {
    const auto found = arrays_.find(key);
    if (found == arrays_.end()) throw FileError("the array \"", key, "\" is missing");
    return found->second;
  }

  static void check_shape(const std::string& key, const Array& expected, const Array& value) {
    if (expected.shape() != value.shape())
      throw FileError("the array \"", key, "\" has shape ", value.shape(), ", but its place in the model has shape ",
                      expected.shape());
  }

  void fill(const Json& record, nn::Module& module) {
    for (const auto& [name, key] : members(record, "parameters")) {
      if (key.is_null()) {
        module.register_parameter(name, {});
      } else {
        fill_parameter(module, name, key.as_string(), is_custom(record));
      }
    }
    for (const auto& [name, key] : members(record, "buffers"))
      fill_buffer(module, name, key.as_string(), is_custom(record));
    if (const Json* frozen = record.find("frozen"))
      for (const Json& name : frozen->as_list()) module.get_parameter(name.as_string()).set_requires_grad(false);
    module.set_training(record.at("training").as_bool());
  }

  void fill_parameter(nn::Module& module, const std::string& name, const std::string& key, bool custom) {
    const Array& value = array_at(key);
    const Array* own = module.own_parameters().find(name);
    if (!own && !custom) throw FileError("a layer ", module.type_name(), " has no parameter \"", name, '"');
    if (own && own->defined()) check_shape(key, *own, value);

    if (const auto tied = placed_.find(key); tied != placed_.end()) {
      if (!own || !own->is(tied->second)) module.register_parameter(name, tied->second);
    } else if (own && own->defined() && is_inexact(value.dtype())) {
      own->rebind_unchecked(value.node());
      placed_.emplace(key, *own);
    } else {
      placed_.emplace(key, module.register_parameter(name, nn::parameter(value)));
    }
  }

  void fill_buffer(nn::Module& module, const std::string& name, const std::string& key, bool custom) {
    const Array& value = array_at(key);
    const nn::BufferEntry* own = module.own_buffers().find(name);
    if (!own && !custom) throw FileError("a layer ", module.type_name(), " has no buffer \"", name, '"');
    if (own && own->value.defined()) {
      check_shape(key, own->value, value);
      own->value.rebind_unchecked(value.node());
      placed_.emplace(key, own->value);
    } else {
      placed_.emplace(key, module.register_buffer(name, value));
    }
  }

  void check_complete() const {
    for (const auto& [key, array] : arrays_)
      if (!placed_.count(key)) throw FileError("the array \"", key, "\" belongs to no module");
    std::unordered_set<const void*> filled;
    for (const auto& [key, array] : placed_) filled.insert(array.id());
    for (const auto& [path, module] : modules_[0]->named_modules()) {
      const auto check = [&, &path = path](const std::string& name, const Array& array) {
        if (array.defined() && !filled.count(array.id()))
          throw FileError("it holds no value for \"", path.empty() ? name : path + '.' + name, '"');
      };
      for (const auto& [name, array] : module->own_parameters()) check(name, array);
      for (const auto& [name, entry] : module->own_buffers())
        if (entry.persistent) check(name, entry.value);
    }
  }

  const Json::List& records_;
  const ModuleResolver& resolver_;
  std::unordered_map<std::string, Array> arrays_;
  /// Where each array of the file went.
  std::unordered_map<std::string, Array> placed_;
  std::vector<nn::ModulePtr> modules_;
};

}  // namespace

void set_module_resolver(ModuleResolver resolver) { installed_resolver() = std::move(resolver); }

void save(const nn::Module& model, const std::string& path) { save_safetensors(path, describe(model)); }

nn::ModulePtr load(const std::string& path, const ModuleResolver& resolver) {
  const SafeTensors content = load_safetensors(path);
  if (!holds_model(content))
    throw FileError("'", path,
                    "' holds arrays, but no description of a model. Read them with load_arrays, and pass them to a "
                    "model's load_state_dict");
  return build_model(content, path, resolver);
}

void save_arrays(const NamedArrays& arrays, const std::string& path) { save_safetensors(path, {arrays, {}}); }

NamedArrays load_arrays(const std::string& path) { return load_safetensors(path).arrays; }

bool holds_model(const SafeTensors& content) {
  const std::string* format = content.find_metadata(kFormatKey);
  return format && *format == kFormat && content.find_metadata(kModulesKey);
}

nn::ModulePtr build_model(const SafeTensors& content, const std::string& origin, const ModuleResolver& resolver) {
  const KeepRandomState keep;
  try {
    if (!holds_model(content)) throw FileError("its metadata describes no model");
    if (const std::string* version = content.find_metadata(kVersionKey); !version || *version != kVersion)
      throw FileError("its layout is of version ", version ? *version : "unknown", ", but this Ingot reads version ",
                      kVersion);
    const Json records = Json::parse(*content.find_metadata(kModulesKey));
    return Assembly(content, records.as_list(), resolver).build();
  } catch (const MemoryError&) {
    throw;
  } catch (const Interrupted&) {
    throw;
  } catch (const Error& error) {
    throw FileError("cannot load the model in '", origin, "': ", error.what());
  }
}

}  // namespace ingot
