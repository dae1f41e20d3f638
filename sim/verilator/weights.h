// Weights that are loaded between two frames, if the core can load any.
#ifndef BITLOOM_WEIGHTS_H
#define BITLOOM_WEIGHTS_H

#include <cstdint>
#include <vector>

#include "design.hpp"
#include "whim.h"

namespace bitloom {

#ifdef BITLOOM_LOADABLE
class Weights {
 public:
  // The words come with gaps if there is a seed.
  Weights(Vdesign& core, std::vector<uint32_t> words, unsigned seed) : core(core), words(words), gives(seed) {}

  void begin() { core.load = 1; }
  // What the core sees in this cycle; whether it takes a word.
  bool show() {
    core.weights_valid = core.load && (!core.loading || (sent < words.size() && gives.next()));
    // Before it is its time a word is dropped.
    core.weights_data = core.loading && sent < words.size() ? words[sent] : 0xdeadbeef;
    if (core.loading && sent == words.size()) core.load = 0;
    if (!core.loading || !core.weights_valid) return false;
    sent++;
    return true;
  }

 private:
  Vdesign& core;
  std::vector<uint32_t> words;
  Whim gives;
  size_t sent = 0;
};
#else
class Weights {
 public:
  Weights(Vdesign&, std::vector<uint32_t>, unsigned) {}
  void begin() {}
  bool show() { return false; }
};
#endif

}  // namespace bitloom

#endif
