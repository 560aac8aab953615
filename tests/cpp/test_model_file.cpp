// Models in files: what comes back, and what is refused.
#include <unistd.h>

#include <filesystem>

#include "check.h"

using namespace ingot;

namespace {

const std::string kPath =
    (std::filesystem::temp_directory_path() / concat("ingot-model-", ::getpid(), ".safetensors")).string();

/// A user's class with a constructor argument.
class Scaled : public nn::Module {
 public:
  explicit Scaled(int64_t width) : width_(width) {
    register_parameter("gain", nn::parameter(ones({width})));
    register_buffer("count", full({1}, 7, DType::int64));
    register_module("inner", std::make_shared<nn::Linear>(width, width));
  }
  Array forward(const Array& x) override { return (*children()[0].second)(x)*get_parameter("gain"); }
  std::string type_name() const override { return "Scaled"; }
  Json config() const override { return Json::Object{{"width", width_}}; }

 private:
  int64_t width_;
};

nn::ModulePtr resolve(const std::string& type_name, const Json& config) {
  if (type_name == "Scaled") return std::make_shared<Scaled>(config.at("width").as_int());
  return nullptr;
}

void layers_come_back() {
  nn::Sequential model(nn::Linear(4, 8), nn::ReLU(true), nn::Dropout(0.25),
                       nn::Sequential(nn::Flatten(), nn::Linear(8, 3, false)), nn::MSELoss());
  model.at(0)->requires_grad_(false);
  model.eval();
  model.at(1)->train();
  random::seed(5);
  const double next_draw = item<double>(random::uniform({}));
  save(model, kPath);
  random::seed(5);
  const nn::ModulePtr again = load(kPath);
  CHECK(item<double>(random::uniform({})) == next_draw);
  CHECK(again->repr() == model.repr());
  CHECK(!again->training() && again->children()[1].second->training());
  CHECK(!again->parameters()[0].requires_grad() && again->parameters()[2].requires_grad());
  const NamedArrays want = model.state_dict(), got = again->state_dict();
  for (size_t i = 0; i < want.size(); ++i) {
    CHECK(got[i].first == want[i].first);
    CHECK(to_vector<float>(got[i].second) == to_vector<float>(want[i].second));
  }
}

void dtypes_come_back() {
  nn::Linear layer(2, 2);
  layer.to(DType::bfloat16);
  save(layer, kPath);
  CHECK(load(kPath)->parameters()[0].dtype() == DType::bfloat16);
}

void ties_come_back() {
  const auto a = std::make_shared<nn::Linear>(3, 3), b = std::make_shared<nn::Linear>(3, 3);
  b->register_parameter("weight", a->weight());
  save(nn::Sequential(a, b, a), kPath);
  CHECK(load_arrays(kPath).size() == 3);
  const auto again = std::dynamic_pointer_cast<nn::Sequential>(load(kPath));
  CHECK(again->at(0) == again->at(2));
  CHECK(again->at(0)->get_parameter("weight").is(again->at(1)->get_parameter("weight")));
}

void user_classes_need_a_resolver() {
  nn::Sequential model(std::make_shared<Scaled>(2));
  save(model, kPath);
  CHECK_THROWS(FileError, "Scaled", load(kPath));
  const nn::ModulePtr again = load(kPath, resolve);
  CHECK(again->named_buffers()[0].second.dtype() == DType::int64);
  CHECK(to_vector<float>((*again)(ones({1, 2}))) == to_vector<float>(model(ones({1, 2}))));
  // A bare module gets what it lacks from the file.
  const nn::ModulePtr bare =
      load(kPath, [](const std::string&, const Json&) { return std::make_shared<nn::Module>(); });
  CHECK(bare->parameters().size() == 3 && bare->buffers().size() == 1);
}

/// A saved model with its description changed.
void refuse(const std::string& from, const std::string& to, const char* complaint) {
  save(nn::Sequential(nn::Linear(2, 3), nn::Tanh()), kPath);
  SafeTensors content = load_safetensors(kPath);
  std::string& modules = content.metadata[2].second;
  const size_t at = modules.find(from);
  CHECK(at != std::string::npos);
  modules.replace(at, from.size(), to);
  save_safetensors(kPath, content);
  CHECK_THROWS(FileError, complaint, load(kPath));
}

void descriptions_that_do_not_fit() {
  refuse("Linear", "Conv9d", "Conv9d");
  refuse("\"in_features\":2", "\"in_features\":4", "(3, 4)");
  refuse("\"in_features\":2", "\"in_features\":-2", "negative");
  refuse("\"in_features\":2", "\"in_features\":9223372036854775807", "");
  refuse("\"in_features\":2", "\"in_features\":2000000000000", "(3, 2000000000000)");
  refuse("\"in_features\":2", "\"in_features\":\"2\"", "a string");
  refuse("\"0.weight\"", "\"0.other\"", "missing");
  refuse("\"weight\":", "\"wait\":", "no parameter");
  refuse("\"1\":2", "\"1\":3", "position 3");
  refuse("\"1\":2", "\"1\":1", "belongs to no other");
  refuse("[{", "[[{", "JSON");
  nn::Linear layer(2, 2);
  save_arrays(layer.state_dict(), kPath);
  CHECK_THROWS(FileError, "load_arrays", load(kPath));
  nn::Linear again(2, 2);
  again.load_state_dict(load_arrays(kPath));
  CHECK(to_vector<float>(again.weight()) == to_vector<float>(layer.weight()));
}

}  // namespace

int main() {
  const int failed = check::run({
      {"layers come back", layers_come_back},
      {"dtypes come back", dtypes_come_back},
      {"ties come back", ties_come_back},
      {"user classes need a resolver", user_classes_need_a_resolver},
      {"descriptions that do not fit", descriptions_that_do_not_fit},
  });
  std::filesystem::remove(kPath);
  return failed;
}
