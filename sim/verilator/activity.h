// What the FIFOs and the stages between them do.
#ifndef BITLOOM_ACTIVITY_H
#define BITLOOM_ACTIVITY_H

#include <cstdint>
#include <cstdio>
#include <vector>

#include "design.hpp"

namespace bitloom {

// Both ends of a FIFO in one cycle.
struct Ends {
  bool in_valid, in_ready, out_valid, out_ready;

  bool put() const { return in_valid && in_ready; }
  bool taken() const { return out_valid && out_ready; }
};

struct FifoActivity {
  Ends ends = {};
  uint32_t level = 0;
  uint32_t high = 0;
  uint64_t beats = 0;
};

// A stage is blocked if it has a beat for which there is no room, starved if it waits for a beat, and else it works.
struct StageActivity {
  uint64_t working = 0;
  uint64_t starved = 0;
  uint64_t blocked = 0;
};

class Activity {
 public:
  std::vector<FifoActivity> fifos = std::vector<FifoActivity>(FIFO_COUNT);

  Activity() : stages(STAGES.size()) {}

  // The stages count from here on.
  void restart() { stages.assign(STAGES.size(), StageActivity()); }

  void fifo(int index, const Ends& ends) {
    FifoActivity& fifo = fifos[size_t(index)];
    fifo.level += fifo.ends.put() - fifo.ends.taken();
    if (fifo.level > fifo.high) fifo.high = fifo.level;
    fifo.ends = ends;
    if (ends.put()) fifo.beats++;
  }

  // After all FIFOs of a cycle.
  void cycle() {
    for (size_t i = 0; i < STAGES.size(); i++) {
      if (blocked(STAGES[i]))
        stages[i].blocked++;
      else if (starved(STAGES[i]))
        stages[i].starved++;
      else
        stages[i].working++;
    }
  }

  void print(std::FILE* file) const {
    std::fprintf(file, " \"fifos\": [");
    for (size_t i = 0; i < fifos.size(); i++)
      std::fprintf(file, "%s\n  {\"name\": \"%s\", \"level\": %u, \"high\": %u, \"beats\": %llu}", i ? "," : "",
                   FIFOS[i].name, fifos[i].level, fifos[i].high, (unsigned long long)fifos[i].beats);
    std::fprintf(file, "\n ],\n \"stages\": [");
    for (size_t i = 0; i < stages.size(); i++)
      std::fprintf(file, "%s\n  {\"name\": \"%s\", \"working\": %llu, \"starved\": %llu, \"blocked\": %llu}", i ? "," : "",
                   STAGES[i].name, (unsigned long long)stages[i].working, (unsigned long long)stages[i].starved,
                   (unsigned long long)stages[i].blocked);
    std::fprintf(file, "\n ]");
  }

 private:
  bool blocked(const Stage& stage) const {
    for (int output : stage.outputs) {
      const Ends& ends = fifos[size_t(output)].ends;
      if (ends.in_valid && !ends.in_ready) return true;
    }
    return false;
  }

  // One that joins its inputs is not ready for one of them while another has none.
  bool starved(const Stage& stage) const {
    bool taken = false, empty = false, wanted = false;
    for (int input : stage.inputs) {
      const Ends& ends = fifos[size_t(input)].ends;
      taken = taken || ends.taken();
      empty = empty || !ends.out_valid;
      wanted = wanted || (!ends.out_valid && ends.out_ready);
    }
    return stage.inputs.size() > 1 ? empty && !taken : wanted;
  }

  std::vector<StageActivity> stages;
};

}  // namespace bitloom

#endif
