// The safetensors reader on good and on hostile files, and the writer.
#include <unistd.h>

#include <cstring>
#include <filesystem>
#include <fstream>

#include "check.h"

using namespace ingot;

namespace {

/// A folder that goes away with the test.
struct TemporaryFolder {
  std::filesystem::path path = std::filesystem::temp_directory_path() / concat("ingot-test-", ::getpid());
  TemporaryFolder() { std::filesystem::create_directories(path); }
  ~TemporaryFolder() { std::filesystem::remove_all(path); }
  std::string file(const std::string& name) const { return (path / name).string(); }
};

std::string file_bytes(const std::string& header, size_t data_bytes, uint64_t claimed_length) {
  std::string bytes(8, '\0');
  std::memcpy(bytes.data(), &claimed_length, 8);
  return bytes + header + std::string(data_bytes, '\1');
}

std::string file_bytes(const std::string& header, size_t data_bytes = 16) {
  return file_bytes(header, data_bytes, header.size());
}

std::string entry(const std::string& shape, const std::string& offsets, const std::string& dtype = "F32") {
  return R"({"dtype":")" + dtype + R"(","shape":)" + shape + R"(,"data_offsets":)" + offsets + "}";
}

void every_dtype_comes_back() {
  const TemporaryFolder folder;
  const std::string path = folder.file("arrays.safetensors");
  SafeTensors content;
  for (const DType dtype :
       {DType::bool_, DType::int8, DType::int16, DType::int32, DType::int64, DType::uint8, DType::uint16, DType::uint32,
        DType::uint64, DType::float16, DType::bfloat16, DType::float32, DType::float64, DType::complex64}) {
    content.arrays.emplace_back(std::string(name_of(dtype)),
                                transpose(astype(reshape(arange(int64_t{0}, 6, 1, DType::int32), {2, 3}), dtype)));
    content.arrays.emplace_back(concat("empty ", dtype), zeros({0, 3}, dtype));
  }
  content.metadata = {{"note", "any text"}};
  save_safetensors(path, content);
  const SafeTensors again = load_safetensors(path);
  CHECK(again.arrays.size() == content.arrays.size());
  for (size_t i = 0; i < content.arrays.size(); ++i) {
    CHECK(again.arrays[i].first == content.arrays[i].first);
    CHECK(again.arrays[i].second.dtype() == content.arrays[i].second.dtype());
    CHECK(again.arrays[i].second.shape() == content.arrays[i].second.shape());
    CHECK(to_vector<complex128>(again.arrays[i].second) == to_vector<complex128>(content.arrays[i].second));
  }
  CHECK(again.find_metadata("note") && *again.find_metadata("note") == "any text");
}

void hostile_files_are_refused() {
  const struct {
    const char* what;
    std::string bytes;
    const char* complaint;
  } kFiles[] = {
      {"empty file", "", "truncated"},
      {"header length beyond the file", file_bytes("{}", 0, 1000), "truncated"},
      {"header length beyond reason", file_bytes("{}", 0, ~uint64_t{0}), "allowed"},
      {"invalid JSON", file_bytes("{\"a\":"), "JSON"},
      {"not an object", file_bytes("[1]"), "'{'"},
      {"invalid UTF-8", file_bytes("{\"\xff\":1}"), "UTF-8"},
      {"hidden behind a zero byte", file_bytes(std::string("{}\0 junk", 8), 0), "zero byte"},
      {"duplicate keys", file_bytes("{\"a\":" + entry("[2]", "[0,8]") + ",\"a\":" + entry("[2]", "[8,16]") + "}"),
       "repeated"},
      {"unknown dtype", file_bytes("{\"a\":" + entry("[4]", "[0,16]", "F33") + "}"), "F33"},
      {"negative shape", file_bytes("{\"a\":" + entry("[-2,-2]", "[0,16]") + "}"), "negative"},
      {"overflowing shape", file_bytes("{\"a\":" + entry("[4294967296,4294967296,4]", "[0,16]") + "}"), "overflow"},
      {"overflow hidden by a zero", file_bytes("{\"a\":" + entry("[0,4611686018427387904,16]", "[0,0]") + "}", 0),
       "overflow"},
      {"length beyond 64 bits", file_bytes("{\"a\":" + entry("[18446744073709551616]", "[0,16]") + "}"), "integer"},
      {"offsets out of range", file_bytes("{\"a\":" + entry("[8]", "[0,32]") + "}"), "outside"},
      {"negative offset", file_bytes("{\"a\":" + entry("[4]", "[-16,0]") + "}"), "outside"},
      {"hole", file_bytes("{\"a\":" + entry("[1]", "[0,4]") + ",\"b\":" + entry("[2]", "[8,16]") + "}"), "hole"},
      {"overlap", file_bytes("{\"a\":" + entry("[3]", "[0,12]") + ",\"b\":" + entry("[2]", "[8,16]") + "}"), "overlap"},
      {"size mismatch", file_bytes("{\"a\":" + entry("[3]", "[0,16]") + "}"), "needs 12 bytes"},
      {"trailing bytes", file_bytes("{\"a\":" + entry("[2]", "[0,8]") + "}"), "8 bytes follow"},
      {"metadata not text", file_bytes("{\"__metadata__\":{\"a\":5}}", 0), "a string"},
      {"missing member", file_bytes(R"({"a":{"dtype":"F32","shape":[4]}})"), "data_offsets"},
      {"bottomless nesting", file_bytes("{\"a\":" + std::string(100'000, '['), 0), "nested"},
  };
  const TemporaryFolder folder;
  const std::string path = folder.file("hostile.safetensors");
  for (const auto& file : kFiles) {
    CHECK_THROWS(FileError, file.complaint, parse_safetensors(file.bytes));
    std::ofstream(path, std::ios::binary) << file.bytes;
    CHECK_THROWS(FileError, "hostile.safetensors", load_safetensors(path));
  }
}

void every_truncation_is_refused() {
  const std::string whole = file_bytes("{\"a\":" + entry("[2,2]", "[0,16]") + "}");
  CHECK(parse_safetensors(whole).arrays.size() == 1);
  for (size_t length = 0; length < whole.size(); ++length)
    CHECK_THROWS(FileError, "", parse_safetensors(std::string_view(whole).substr(0, length)));
}

void bools_are_bools() {
  const SafeTensors content = parse_safetensors(file_bytes("{\"a\":" + entry("[4]", "[0,4]", "BOOL") + "}", 4));
  CHECK(check::near(astype(content.arrays[0].second, DType::int32), {1, 1, 1, 1}));
}

void writing_is_all_or_nothing() {
  const TemporaryFolder folder;
  const std::string path = folder.file("a.safetensors");
  save_safetensors(path, {{{"x", ones({2})}}, {}});
  CHECK_THROWS(IndexError, "", save_safetensors(path, {{{"x", take(ones({2}), array<int32_t>({5}), 0)}}, {}}));
  CHECK_THROWS(TypeError, "complex128", save_safetensors(path, {{{"x", ones({2}, DType::complex128)}}, {}}));
  CHECK_THROWS(ValueError, "two arrays", save_safetensors(path, {{{"x", ones({2})}, {"x", ones({2})}}, {}}));
  CHECK_THROWS(ValueError, "__metadata__", save_safetensors(path, {{{"__metadata__", ones({2})}}, {}}));
  CHECK(check::near(load_safetensors(path).arrays[0].second, {1, 1}));
  CHECK(std::distance(std::filesystem::directory_iterator(folder.path), std::filesystem::directory_iterator()) == 1);
}

void places_that_are_not_files() {
  const TemporaryFolder folder;
  CHECK_THROWS(FileError, "No such file", load_safetensors(folder.file("missing")));
  CHECK_THROWS(FileError, "directory", load_safetensors(folder.path.string()));
  CHECK_THROWS(FileError, "directory", save_safetensors(folder.path.string(), {}));
  CHECK_THROWS(FileError, "No such file", save_safetensors(folder.file("no/where"), {}));
  CHECK_THROWS(FileError, "regular", load_safetensors("/dev/null"));
}

}  // namespace

int main() {
  return check::run({
      {"every dtype comes back", every_dtype_comes_back},
      {"hostile files are refused", hostile_files_are_refused},
      {"every truncation is refused", every_truncation_is_refused},
      {"bools are bools", bools_are_bools},
      {"writing is all or nothing", writing_is_all_or_nothing},
      {"places that are not files", places_that_are_not_files},
  });
}
