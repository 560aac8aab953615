// libFuzzer target: whatever the bytes are, the reader returns or throws FileError (or lacks memory); the sanitizers
// watch the rest.
#include <ingot/ingot.h>

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  try {
    const ingot::SafeTensors content = ingot::parse_safetensors({reinterpret_cast<const char*>(data), size});
    if (ingot::holds_model(content)) ingot::build_model(content, "fuzz");
  } catch (const ingot::FileError&) {
  } catch (const ingot::MemoryError&) {
  }
  return 0;
}
