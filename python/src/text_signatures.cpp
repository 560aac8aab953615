#include "text_signatures.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <new>
#include <optional>
#include <string>
#include <string_view>

namespace ingot::python {

namespace py = pybind11;

namespace {

enum Kind : uint8_t { kOther, kQuote = 1, kOpening = 2, kClosing = 4, kComma = 8, kColon = 16, kEquals = 32 };

// Looked up per character, for thousands of signatures are read at each import.
constexpr auto kKinds = [] {
  std::array<uint8_t, 256> kinds{};
  for (unsigned char c : {'\'', '"'}) kinds[c] = kQuote;
  for (unsigned char c : {'(', '[', '{'}) kinds[c] = kOpening;
  for (unsigned char c : {')', ']', '}'}) kinds[c] = kClosing;
  kinds[','] = kComma;
  kinds[':'] = kColon;
  kinds['='] = kEquals;
  return kinds;
}();

/// The position from i on of the first character of one of the kinds that is in no brackets opened since and in no
/// quotes; the text's size where there is none.
size_t find_outside(std::string_view text, size_t i, unsigned kinds) {
  int depth = 0;
  for (; i < text.size(); ++i) {
    const char c = text[i];
    const unsigned kind = kKinds[static_cast<unsigned char>(c)];
    if (kind == kOther) continue;
    if (depth == 0 && (kind & kinds)) return i;
    if (kind == kQuote) {
      while (++i < text.size() && text[i] != c) i += text[i] == '\\';
    } else {
      depth += (kind == kOpening) - (kind == kClosing);
    }
  }
  return text.size();
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  return text;
}

/// True for what Python's parser takes as a constant; pybind11 writes other defaults as their repr.
bool is_constant(std::string_view text) {
  if (text.empty()) return false;
  if (text == "None" || text == "True" || text == "False" || text == "()") return true;
  const char first = text.front(), last = text.back();
  if ((first == '\'' || first == '"') && first == last && text.size() > 1) return true;
  return (first == '-' || std::isdigit(static_cast<unsigned char>(first))) &&
         text.find_first_not_of("-+.e0123456789") == std::string_view::npos;
}

/// `name(parameters)` for a docstring that begins with `name(parameters: types = defaults) -> type`; nothing for other
/// texts, and for functions with several signatures.
std::optional<std::string> signature_of(std::string_view doc, std::string_view name) {
  const std::string_view line = doc.substr(0, doc.find('\n'));
  if (line.substr(0, name.size()) != name || line.substr(name.size(), 1) != "(" ||
      doc.substr(line.size()).starts_with("\nOverloaded function.\n"))
    return {};
  std::string text(name);
  text += '(';
  for (size_t i = name.size() + 1; i < line.size() && line[i] != ')';) {
    size_t end = find_outside(line, i, kColon | kEquals | kComma | kClosing);
    text += trimmed(line.substr(i, end - i));
    if (end < line.size() && line[end] == ':') end = find_outside(line, end + 1, kEquals | kComma | kClosing);
    if (end < line.size() && line[end] == '=') {
      const size_t begin = end + 1;
      end = find_outside(line, begin, kComma | kClosing);
      const std::string_view value = trimmed(line.substr(begin, end - begin));
      (text += '=') += is_constant(value) ? value : "...";
    }
    if (end == line.size()) return {};
    if (line[end] == ',') text += ", ";
    i = end + (line[end] == ',');
  }
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
