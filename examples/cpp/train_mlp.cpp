// Trains a two-layer network to tell two spirals apart, saves it, and loads it again.
#include <ingot/ingot.h>

#include <cstdio>
#include <numbers>
#include <vector>

using namespace ingot;

// Two arms of a spiral around the origin, 200 points each: (400, 2) coordinates and (400,) class numbers. No straight
// line separates them.
std::pair<Array, Array> make_spirals(int64_t points_per_arm) {
  const Array t = linspace(0.3, 1, points_per_arm);
  std::vector<Array> points, labels;
  for (int arm = 0; arm < 2; ++arm) {
    const Array angle = t * (1.5 * std::numbers::pi) + arm * std::numbers::pi;
    const Array arms = stack({t * cos(angle), t * sin(angle)}, 1);
    points.push_back(arms + random::normal(arms.shape(), 0, 0.02));
    labels.push_back(full({points_per_arm}, arm, DType::int32));
  }
  return {concatenate(points), concatenate(labels)};
}

double accuracy(nn::Module& model, const Array& x, const Array& y) {
  const GradMode no_grad(false);
  return item<double>(mean(astype(argmax(model(x), 1) == y, DType::float32)));
}

int main() try {
  random::seed(0);
  const auto [x, y] = make_spirals(200);

  // A model is modules in a row. Nothing is computed yet: operations make a graph, and a value appears when somebody
  // asks for it.
  nn::Sequential model(nn::Linear(2, 64), nn::Tanh(), nn::Linear(64, 2));
  nn::CrossEntropyLoss loss_fn;
  optim::Adam optimizer(model.parameters(), {.lr = 0.02});
  std::printf("%s\n\n", model.repr().c_str());

  for (int step = 0; step <= 400; ++step) {
    optimizer.zero_grad();
    const Array loss = loss_fn(model(x), y);
    backward(loss);    // fills in the gradient of every parameter
    optimizer.step();  // updates them; forward, backward and update run here, as one graph
    if (step % 100 == 0)
      std::printf("step %3d  loss %.4f  accuracy %5.1f %%\n", step, item<double>(loss), 100 * accuracy(model, x, y));
  }

  // The file is safetensors: any reader of that format can open it, and `ingot.load` in Python gives the same model.
  save(model, "spirals.safetensors");
  const nn::ModulePtr again = load("spirals.safetensors");
  std::printf("\nloaded again: accuracy %.1f %%\n", 100 * accuracy(*again, x, y));
} catch (const Error& error) {
  std::fprintf(stderr, "%s\n", error.what());
  return 1;
}
