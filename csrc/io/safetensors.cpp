#include "ingot/io/safetensors.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <optional>
#include <unordered_set>

#include "ingot/engine/eval.h"
#include "ingot/graph/node.h"
#include "ingot/io/file.h"
#include "ingot/io/json.h"

namespace ingot {

static_assert(std::endian::native == std::endian::little,
              "safetensors files are little-endian, and are read and written as memory");

namespace {

constexpr uint64_t kPrefixBytes = 8;
constexpr uint64_t kMaxHeaderBytes = 100'000'000;
constexpr size_t kMaxAxes = 64;
constexpr const char* kMetadataKey = "__metadata__";

struct DTypeName {
  const char* name;
  DType dtype;
};
constexpr DTypeName kDTypes[] = {
    {"BOOL", DType::bool_},  {"U8", DType::uint8},      {"I8", DType::int8},       {"U16", DType::uint16},
    {"I16", DType::int16},   {"F16", DType::float16},   {"BF16", DType::bfloat16}, {"U32", DType::uint32},
    {"I32", DType::int32},   {"F32", DType::float32},   {"U64", DType::uint64},    {"I64", DType::int64},
    {"F64", DType::float64}, {"C64", DType::complex64},
};

/// One array as the header describes it; offsets count from the end of the header.
struct Entry {
  std::string name;
  DType dtype;
  Shape shape;
  uint64_t begin;
  uint64_t end;
};

struct Header {
  std::vector<Entry> entries;
  std::vector<std::pair<std::string, std::string>> metadata;
};

/// Throws FileErrors about one file.
class Complaint {
 public:
  explicit Complaint(const std::string& origin) : origin_(origin) {}
  template <class... Parts>
  [[noreturn]] void operator()(const Parts&... parts) const {
    throw FileError("'", origin_, "' is not a valid safetensors file: ", parts...);
  }

 private:
  const std::string& origin_;
};

uint64_t header_length(const char (&prefix)[kPrefixBytes], uint64_t file_bytes, const Complaint& complain) {
  uint64_t length;
  std::memcpy(&length, prefix, sizeof(length));
  if (length > kMaxHeaderBytes)
    complain("its header would be ", length, " bytes long, more than the ", kMaxHeaderBytes, " allowed");
  if (length > file_bytes - kPrefixBytes)
    complain("it is truncated: the header should be ", length, " bytes long, but only ", file_bytes - kPrefixBytes,
             " follow");
  return length;
}

DType parse_element_type(const std::string& name, const Complaint& complain, const std::string& array) {
  for (const DTypeName& known : kDTypes)
    if (name == known.name) return known.dtype;
  complain("array \"", array, "\" has the unknown dtype \"", name, "\"");
}

/// Bytes of an array of this shape. The product leaves zeros out, so that strides of empty arrays cannot overflow
/// either.
uint64_t byte_count(const Shape& shape, DType dtype, const Complaint& complain, const std::string& array) {
  int64_t product = static_cast<int64_t>(size_of(dtype));
  bool empty = false;
  for (const int64_t length : shape) {
    if (length < 0) complain("array \"", array, "\" has the negative length ", length, " in its shape ", shape);
    if (length == 0) empty = true;
    if (length > 0 && __builtin_mul_overflow(product, length, &product))
      complain("the size of array \"", array, "\" of shape ", shape, " overflows");
  }
  return empty ? 0 : static_cast<uint64_t>(product);
}

Entry parse_entry(const std::string& name, const Json& description, uint64_t data_bytes, const Complaint& complain) {
  Entry entry;
  entry.name = name;
  entry.dtype = parse_element_type(description.at("dtype").as_string(), complain, name);

  const Json::List& shape = description.at("shape").as_list();
  if (shape.size() > kMaxAxes)
    complain("array \"", name, "\" has ", shape.size(), " axes, more than the ", kMaxAxes, " allowed");
  for (const Json& length : shape) entry.shape.push_back(length.as_int());
  const uint64_t bytes = byte_count(entry.shape, entry.dtype, complain, name);

  const Json::List& offsets = description.at("data_offsets").as_list();
  if (offsets.size() != 2) complain("array \"", name, "\" has ", offsets.size(), " data offsets instead of 2");
  const int64_t begin = offsets[0].as_int(), end = offsets[1].as_int();
  if (begin < 0 || end < begin || static_cast<uint64_t>(end) > data_bytes)
    complain("array \"", name, "\" lies at bytes ", begin, " to ", end, ", outside of the ", data_bytes,
             " bytes of data (is the file truncated?)");
  entry.begin = static_cast<uint64_t>(begin);
  entry.end = static_cast<uint64_t>(end);
  if (entry.end - entry.begin != bytes)
    complain("array \"", name, "\" of shape ", entry.shape, " and dtype ", entry.dtype, " needs ", bytes,
             " bytes, but has ", entry.end - entry.begin);
  return entry;
}

/// The arrays must fill the data without holes or overlaps: otherwise a file could carry hidden content, or read
/// differently elsewhere.
void check_coverage(const std::vector<Entry>& entries, uint64_t data_bytes, const Complaint& complain) {
  std::vector<const Entry*> by_position;
  for (const Entry& entry : entries) by_position.push_back(&entry);
  std::sort(by_position.begin(), by_position.end(),
            [](const Entry* a, const Entry* b) { return std::pair(a->begin, a->end) < std::pair(b->begin, b->end); });
  uint64_t covered = 0;
  for (const Entry* entry : by_position) {
    if (entry->begin < covered) complain("array \"", entry->name, "\" overlaps another one at byte ", entry->begin);
    if (entry->begin > covered)
      complain("there is a hole before array \"", entry->name, "\", at bytes ", covered, " to ", entry->begin);
    covered = entry->end;
  }
  if (covered != data_bytes) complain(data_bytes - covered, " bytes follow the last array");
}

Header parse_header(std::string_view text, uint64_t data_bytes, const Complaint& complain) {
  if (text.empty() || text[0] != '{') complain("its header does not begin with '{'");
  Header header;
  try {
    const Json root = Json::parse(text);
    for (const auto& [name, value] : root.as_object()) {
      if (name == kMetadataKey) {
        for (const auto& [key, text_value] : value.as_object())
          header.metadata.emplace_back(key, text_value.as_string());
      } else {
        header.entries.push_back(parse_entry(name, value, data_bytes, complain));
      }
    }
  } catch (const ValueError& error) {
    complain("its header is wrong: ", error.what());
  } catch (const KeyError& error) {
    complain("its header is wrong: ", error.what());
  }
  check_coverage(header.entries, data_bytes, complain);
  return header;
}

/// `read_data(begin, out, count)` reads from behind the header.
template <class ReadData>
SafeTensors materialize(Header header, ReadData&& read_data) {
  SafeTensors result;
  result.metadata = std::move(header.metadata);
  for (Entry& entry : header.entries) {
    const uint64_t bytes = entry.end - entry.begin;
    Ref<Buffer> buffer = Buffer::allocate(bytes);
    read_data(entry.begin, buffer->data(), bytes);
    if (entry.dtype == DType::bool_) {
      // A bool with any bits but 0 and 1 is undefined behaviour.
      auto* flags = static_cast<unsigned char*>(buffer->data());
      std::transform(flags, flags + bytes, flags,
                     [](unsigned char flag) { return static_cast<unsigned char>(flag != 0); });
    }
    Layout layout = Layout::contiguous(entry.shape);
    result.arrays.emplace_back(std::move(entry.name), Array(Node::constant({std::move(buffer), std::move(layout)},
                                                                           {std::move(entry.shape), entry.dtype})));
  }
  return result;
}

const char* element_type(DType dtype, const std::string& array) {
  for (const DTypeName& known : kDTypes)
    if (dtype == known.dtype) return known.name;
  throw TypeError("array \"", array, "\": the safetensors format has no dtype ", dtype,
                  "; cast it first, for example to complex64");
}

/// Bytes that the elements of `array` take in a file.
int64_t file_bytes(const Array& array) {
  int64_t bytes;
  if (__builtin_mul_overflow(array.size(), static_cast<int64_t>(size_of(array.dtype())), &bytes))
    throw ShapeError("an array of shape ", array.shape(), " is too large for a file");
  return bytes;
}

template <class Named>
auto* find_by_name(const Named& list, std::string_view name) {
  const auto found = std::find_if(list.begin(), list.end(), [&](const auto& item) { return item.first == name; });
  return found == list.end() ? nullptr : &found->second;
}

}  // namespace

const Array* SafeTensors::find_array(std::string_view name) const { return find_by_name(arrays, name); }
const std::string* SafeTensors::find_metadata(std::string_view name) const { return find_by_name(metadata, name); }

SafeTensors load_safetensors(const std::string& path) {
  const InputFile file(path);
  const Complaint complain(path);
  if (file.size() < kPrefixBytes) complain("it is truncated: ", file.size(), " bytes are too few for a header");
  char prefix[kPrefixBytes];
  file.read(0, prefix, kPrefixBytes);
  const uint64_t length = header_length(prefix, file.size(), complain);
  std::string text(length, '\0');
  file.read(kPrefixBytes, text.data(), length);
  const uint64_t start = kPrefixBytes + length;
  return materialize(parse_header(text, file.size() - start, complain),
                     [&](uint64_t begin, void* out, uint64_t count) { file.read(start + begin, out, count); });
}

SafeTensors parse_safetensors(std::string_view bytes, const std::string& origin) {
  const Complaint complain(origin);
  if (bytes.size() < kPrefixBytes) complain("it is truncated: ", bytes.size(), " bytes are too few for a header");
  char prefix[kPrefixBytes];
  std::memcpy(prefix, bytes.data(), kPrefixBytes);
  const uint64_t length = header_length(prefix, bytes.size(), complain);
  const std::string_view data = bytes.substr(kPrefixBytes + length);
  return materialize(parse_header(bytes.substr(kPrefixBytes, length), data.size(), complain),
                     [&](uint64_t begin, void* out, uint64_t count) {
                       if (count > 0) std::memcpy(out, data.data() + begin, count);
                     });
}

void save_safetensors(const std::string& path, const SafeTensors& content) {
  std::unordered_set<std::string_view> names;
  std::vector<Array> arrays;
  for (const auto& [name, array] : content.arrays) {
    if (name == kMetadataKey) throw ValueError("an array cannot be named \"", kMetadataKey, "\" in a safetensors file");
    if (!names.insert(name).second) throw ValueError("two arrays are named \"", name, "\"");
    if (!array.defined()) throw ValueError("array \"", name, "\" is undefined");
    element_type(array.dtype(), name);
    arrays.push_back(array);
  }
  eval(arrays);

  // Widest elements first, so that every array is aligned to its elements when the file is mapped into memory.
  std::vector<size_t> order(arrays.size());
  for (size_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(),
                   [&](size_t a, size_t b) { return size_of(arrays[a].dtype()) > size_of(arrays[b].dtype()); });
  std::vector<Json> offsets(arrays.size());
  int64_t position = 0;
  for (const size_t i : order) {
    const int64_t end = position + file_bytes(arrays[i]);
    offsets[i] = Json::List{position, end};
    position = end;
  }

  Json::Object header;
  if (!content.metadata.empty()) {
    Json::Object metadata;
    for (const auto& [key, value] : content.metadata) metadata.emplace_back(key, value);
    header.emplace_back(kMetadataKey, std::move(metadata));
  }
  for (size_t i = 0; i < arrays.size(); ++i) {
    const auto& [name, array] = content.arrays[i];
    const Json::List shape(array.shape().begin(), array.shape().end());
    header.emplace_back(
        name,
        Json::Object{{"dtype", element_type(array.dtype(), name)}, {"shape", shape}, {"data_offsets", offsets[i]}});
  }
  std::string text = Json(std::move(header)).dump();
  text.append((kPrefixBytes - text.size() % kPrefixBytes) % kPrefixBytes, ' ');
  if (text.size() > kMaxHeaderBytes)
    throw ValueError("the header would be ", text.size(), " bytes long, more than the ", kMaxHeaderBytes,
                     " the format allows");

  OutputFile file(path);
  const uint64_t length = text.size();
  file.write(&length, sizeof(length));
  file.write(text.data(), length);
  for (const size_t i : order) {
    Value keep_alive;
    const Tensor elements = read_dense(arrays[i], keep_alive);
    file.write(elements.data, static_cast<uint64_t>(file_bytes(arrays[i])));
  }
  file.commit();
}

}  // namespace ingot
