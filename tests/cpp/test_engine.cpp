// Evaluation on the engine's own thread, recordings, checkpoints and the profiler, as C++ programs use them.
#include <cstring>
#include <thread>

#include "check.h"

using namespace ingot;

namespace {

using Arrays = std::vector<Array>;

Array matrix(int64_t n, double value) { return full({n, n}, value, DType::float32); }

void checkpoint_gives_the_same_gradients() {
  Array gradients[2];
  for (const bool checkpointed : {false, true}) {
    Array w = matrix(16, 0.05);
    w.set_requires_grad();
    Array y = matrix(16, 1);
    for (int i = 0; i < 3; ++i) {
      const Array x = y;
      const auto layer = [&] { return Arrays{tanh(matmul(tanh(matmul(x, w)), w))}; };
      y = (checkpointed ? checkpoint(layer) : layer())[0];
    }
    backward(sum(y));
    gradients[checkpointed] = w.grad();
  }
  CHECK(to_vector<double>(gradients[0]) == to_vector<double>(gradients[1]));
}

void async_values_arrive() {
  Array y = matrix(200, 0.01);
  for (int i = 0; i < 20; ++i) {
    y = tanh(matmul(y, y)) + 0.5;
    async_eval(Arrays{y});
  }
  Array z = matrix(200, 0.01);
  for (int i = 0; i < 20; ++i) z = tanh(matmul(z, z)) + 0.5;
  CHECK(to_vector<double>(y) == to_vector<double>(z));
}

void threads_evaluate_one_graph() {
  const Array shared = exp(matrix(100, 0.5));
  std::vector<double> sums(4);
  std::vector<std::thread> threads;
  for (size_t i = 0; i < sums.size(); ++i)
    threads.emplace_back([&, i] { sums[i] = item<double>(sum(shared * static_cast<double>(i + 1))); });
  for (std::thread& thread : threads) thread.join();
  for (size_t i = 1; i < sums.size(); ++i) CHECK(std::abs(sums[i] - sums[0] * static_cast<double>(i + 1)) < 1);
}

void recording_reads_and_writes_handles() {
  const Array count = matrix(4, 0);
  const Recording recording(
      [&](const Arrays& arguments) {
        count.rebind(count + arguments[0]);
        return Arrays{count * 2.0};
      },
      {matrix(4, 1)});
  CHECK(item<double>(sum(count)) == 0);
  const Arrays one{matrix(4, 1)};
  for (int i = 1; i <= 3; ++i) {
    const Arrays results = recording.run(one);
    CHECK(item<double>(sum(results[0])) == 32 * i);
    CHECK(item<double>(sum(count)) == 16 * i);
  }
}

void profile_lists_steps() {
  Profile profile;
  profile.start();
  eval(matmul(matrix(8, 1), matrix(8, 1)));
  profile.stop();
  eval(exp(matrix(8, 1)));
  size_t steps = 0;
  for (const Profile::Record& record : profile.records()) {
    if (record.kind != Profile::Kind::step) continue;
    ++steps;
    CHECK(std::strstr(record.step->name.c_str(), "exp") == nullptr);
    if (record.step->name.rfind("matmul", 0) == 0) CHECK(record.step->flops == 2 * 8 * 8 * 8);
  }
  CHECK(steps > 0);
}

}  // namespace

int main() {
  const int failed = check::run({
      {"checkpoint gives the same gradients", checkpoint_gives_the_same_gradients},
      {"async values arrive", async_values_arrive},
      {"threads evaluate one graph", threads_evaluate_one_graph},
      {"a recording reads and writes handles", recording_reads_and_writes_handles},
      {"the profile lists steps", profile_lists_steps},
  });
  // The program ends while the engine works.
  Array y = matrix(1500, 1e-3);
  for (int i = 0; i < 10; ++i) y = matmul(y, y);
  async_eval(Arrays{y});
  return failed;
}
