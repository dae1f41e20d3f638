// Gaps and back-pressure.
#ifndef BITLOOM_WHIM_H
#define BITLOOM_WHIM_H

#include <random>

namespace bitloom {

// Says yes or no, each for a while at another rate; with seed 0 always yes.
class Whim {
 public:
  explicit Whim(unsigned seed) : random(seed), always(seed == 0) {}

  bool next() {
    if (always) return true;
    if (left-- == 0) {
      left = 16 + random() % 64;
      rate = rate_of(random() % 4);
    }
    return random() % 100 < rate;
  }

 private:
  static unsigned rate_of(unsigned i) { return i == 0 ? 100 : i == 1 ? 75 : i == 2 ? 40 : 5; }

  std::mt19937 random;
  bool always;
  unsigned left = 0;
  unsigned rate = 0;
};

}  // namespace bitloom

#endif
