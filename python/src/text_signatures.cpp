#include "text_signatures.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <cstring>
#include <new>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ingot::python {

namespace py = pybind11;

namespace {

/// Calls `visit(position, character)` for what is in no brackets and no quotes. Stops when it returns true.
template <class Visit>
void for_each_outside(std::string_view text, Visit&& visit) {
  int depth = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\'' || c == '"') {
      while (++i < text.size() && text[i] != c) i += text[i] == '\\';
      continue;
    }
    if (depth == 0 && visit(i, c)) return;
    depth += c == '(' || c == '[' || c == '{';
    depth -= c == ')' || c == ']' || c == '}';
  }
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

std::vector<std::string_view> split(std::string_view text) {
  std::vector<std::string_view> parts;
  size_t begin = 0;
  for_each_outside(text, [&](size_t i, char c) {
    if (c == ',') {
      parts.push_back(trimmed(text.substr(begin, i - begin)));
      begin = i + 1;
    }
    return false;
  });
  if (!trimmed(text.substr(begin)).empty()) parts.push_back(trimmed(text.substr(begin)));
  return parts;
}

/// True for what Python's parser takes as a constant; pybind11 writes other defaults as their repr.
bool is_constant(std::string_view text) {
  if (text == "None" || text == "True" || text == "False" || text == "()") return true;
  const char first = text.front(), last = text.back();
  if ((first == '\'' || first == '"') && first == last && text.size() > 1) return true;
  return (first == '-' || std::isdigit(static_cast<unsigned char>(first))) &&
         text.find_first_not_of("-+.e0123456789") == std::string_view::npos;
}

/// `name: type = default` without the type.
std::string without_type(std::string_view parameter) {
  size_t colon = parameter.size(), equals = parameter.size();
  for_each_outside(parameter, [&](size_t i, char c) {
    if (c == ':' && colon == parameter.size()) colon = i;
    if (c == '=') equals = i;
    return c == '=';
  });
  std::string result(trimmed(parameter.substr(0, std::min(colon, equals))));
  if (equals == parameter.size()) return result;
  const std::string_view value = trimmed(parameter.substr(equals + 1));
  return result + "=" + std::string(!value.empty() && is_constant(value) ? value : "...");
}

/// `name(parameters)` for a docstring that begins with `name(parameters: types) -> type`; nothing for other texts, and
/// for functions with several signatures.
std::optional<std::string> signature_of(std::string_view doc, std::string_view name) {
  if (doc.substr(0, name.size()) != name || doc.substr(name.size(), 1) != "(" ||
      doc.find("\nOverloaded function.\n") != std::string_view::npos)
    return {};
  const std::string_view rest = doc.substr(name.size() + 1, doc.find('\n') - name.size() - 1);
  size_t end = rest.size();
  for_each_outside(rest, [&](size_t i, char c) {
    if (c == ')') end = i;
    return c == ')';
  });
  if (end == rest.size()) return {};
  std::string text(name);
  text += '(';
  const auto parameters = split(rest.substr(0, end));
  for (size_t i = 0; i < parameters.size(); ++i) text += (i ? ", " : "") + without_type(parameters[i]);
  return text + ')';
}

/// CPython keeps a builtin's signature before its docstring, ended by these lines, and takes it off for `__doc__`.
constexpr std::string_view kEnd = "\n--\n\n";

void add_to_function(PyObject* function) {
  if (!PyCFunction_Check(function)) return;
  PyObject* self = PyCFunction_GET_SELF(function);
  if (self == nullptr || !py::detail::is_function_record_PyObject(self)) return;
  PyMethodDef* definition = reinterpret_cast<PyCFunctionObject*>(function)->m_ml;
  if (definition->ml_doc == nullptr) return;
  const std::string_view doc = definition->ml_doc;
  if (doc.substr(std::min(doc.find('\n'), doc.size()), kEnd.size()) == kEnd)
    return;  // it is known by another name, too
  const auto signature = signature_of(doc, definition->ml_name);
  if (!signature) return;
  const std::string text = *signature + std::string(kEnd) + std::string(doc);
  // pybind11 frees the text with free().
  auto* copy = static_cast<char*>(std::malloc(text.size() + 1));
  if (copy == nullptr) throw std::bad_alloc();
  std::memcpy(copy, text.c_str(), text.size() + 1);
  std::free(const_cast<char*>(definition->ml_doc));
  definition->ml_doc = copy;
}

void add_to_members(const py::handle& space, const std::string& package) {
  for (const auto& [name, value] : py::dict(space.attr("__dict__"))) {
    if (PyModule_Check(value.ptr())) {
      if (py::cast<std::string>(value.attr("__name__")).rfind(package + ".", 0) == 0) add_to_members(value, package);
    } else if (PyType_Check(value.ptr())) {
      if (!PyModule_Check(space.ptr())) continue;
      for (const auto& [member, method] : py::dict(value.attr("__dict__"))) {
        PyObject* function = method.ptr();
        add_to_function(PyInstanceMethod_Check(function) ? PyInstanceMethod_GET_FUNCTION(function) : function);
      }
    } else {
      add_to_function(value.ptr());
    }
  }
}

}  // namespace

void add_text_signatures(const py::module_& m) { add_to_members(m, py::cast<std::string>(m.attr("__name__"))); }

}  // namespace ingot::python
