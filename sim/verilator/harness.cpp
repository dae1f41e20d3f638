// Runs frames through a verilated core. design.hpp (generated) says what its ports are called.
//
//     cosim INPUT OUTPUT_FOLDER FRAMES SEED WATCHDOG TAPS
//
// INPUT holds raws as little-endian int64: frame after frame, pixel by pixel, channels last; so do the files that are written,
// output.bin and, with TAPS 1, FIFO.bin. cosim.json gets the cycles. With a SEED other than 0 inputs come with gaps and outputs are
// not always taken. Ends with 2 if nothing moves for WATCHDOG cycles.
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "design.hpp"

using namespace bitloom;

namespace {

// Says yes or no, each for a while at another rate.
class Whim {
 public:
  explicit Whim(unsigned seed) : random(seed), always(seed == 0) {}

  bool next() {
    if (always) return true;
    if (left-- == 0) {
      left = 16 + random() % 64;
      rate = RATES[random() % 4];
    }
    return random() % 100 < rate;
  }

 private:
  static constexpr unsigned RATES[4] = {100, 75, 40, 5};
  std::mt19937 random;
  bool always;
  unsigned left = 0;
  unsigned rate = 0;
};

constexpr unsigned Whim::RATES[4];

struct Probe {
  std::ofstream tap;
  uint32_t high = 0;
  uint32_t level = 0;
  uint64_t beats = 0;
  uint64_t full = 0;
};

std::vector<int64_t> load(const std::string& name) {
  std::ifstream file(name, std::ios::binary | std::ios::ate);
  std::vector<int64_t> values(size_t(file.tellg()) / 8);
  file.seekg(0);
  file.read(reinterpret_cast<char*>(values.data()), std::streamsize(values.size() * 8));
  return values;
}

void put(std::ofstream& file, int64_t value) { file.write(reinterpret_cast<const char*>(&value), 8); }

class Run {
 public:
  Run(const std::string& input, const std::string& folder, int frames, unsigned seed, uint64_t watchdog, bool taps)
      : folder(folder), values(load(input)), output(folder + "/output.bin", std::ios::binary), frames(frames),
        watchdog(watchdog), taps(taps), gives(seed), takes(seed ? seed + 1 : 0), probes(FIFO_COUNT) {
    for (int i = 0; taps && i < FIFO_COUNT; i++)
      probes[i].tap.open(folder + "/" + FIFOS[i].name + ".bin", std::ios::binary);
  }

  // False if the core is stuck.
  bool all() {
    reset();
    const uint64_t out_beats = uint64_t(OUTPUT_BEATS) * frames;
    while (taken < out_beats) {
      if (cycle - moved > watchdog) return report(false);
      step();
    }
    // Taps are complete when everything has come to rest.
    while (taps && cycle - moved <= watchdog) step();
    return report(true);
  }

 private:
  void reset() {
    core->rst = 1;
    core->input_valid = 0;
    core->output_ready = 0;
    for (int i = 0; i < 4; i++) tick();
    core->rst = 0;
  }

  void tick() {
    core->clk = 0;
    core->eval();
    core->clk = 1;
    core->eval();
  }

  void step() {
    core->clk = 0;
    if (!core->input_valid && given < values.size() && gives.next()) offer();
    core->output_ready = takes.next();
    core->eval();
    const bool in = core->input_valid && core->input_ready;
    const bool out = core->output_valid && core->output_ready;
    watch();
    if (in && first_input.size() * size_t(INPUT_BEATS) * INPUT.lanes == given) first_input.push_back(cycle);
    if (out) take();
    core->clk = 1;
    core->eval();
    if (in) {
      given += size_t(INPUT.lanes);
      core->input_valid = 0;
      moved = cycle;
    }
    cycle++;
  }

  void offer() {
    for (int lane = 0; lane < INPUT.lanes; lane++)
      set_element(core->input_data, INPUT, lane, values[given + size_t(lane)]);
    core->input_valid = 1;
  }

  void take() {
    for (int lane = 0; lane < OUTPUT.lanes; lane++) put(output, element(core->output_data, OUTPUT, lane));
    moved = cycle;
    if (++taken % OUTPUT_BEATS == 0) finished.push_back(cycle);
  }

  void watch() {
    for_each_fifo(*core, [this](int index, const auto& data, bool fire, uint32_t level, uint32_t depth) {
      Probe& probe = probes[size_t(index)];
      probe.level = level;
      if (level > probe.high) probe.high = level;
      if (level == depth) probe.full++;
      if (!fire) return;
      moved = cycle;
      probe.beats++;
      if (taps)
        for (int lane = 0; lane < FIFOS[index].lanes; lane++) put(probe.tap, element(data, FIFOS[index], lane));
    });
  }

  bool report(bool good) {
    std::FILE* file = std::fopen((folder + "/cosim.json").c_str(), "w");
    std::fprintf(file, "{\"stuck\": %s, \"cycles\": %llu,\n", good ? "false" : "true", (unsigned long long)cycle);
    list(file, "firstInput", first_input);
    list(file, "finished", finished);
    std::fprintf(file, " \"fifos\": [");
    for (int i = 0; i < FIFO_COUNT; i++)
      std::fprintf(file, "%s\n  {\"name\": \"%s\", \"level\": %u, \"high\": %u, \"beats\": %llu, \"full\": %llu}",
                   i ? "," : "", FIFOS[i].name, probes[size_t(i)].level, probes[size_t(i)].high,
                   (unsigned long long)probes[size_t(i)].beats, (unsigned long long)probes[size_t(i)].full);
    std::fprintf(file, "\n ]}\n");
    std::fclose(file);
    return good;
  }

  static void list(std::FILE* file, const char* name, const std::vector<uint64_t>& numbers) {
    std::fprintf(file, " \"%s\": [", name);
    for (size_t i = 0; i < numbers.size(); i++)
      std::fprintf(file, "%s%llu", i ? ", " : "", (unsigned long long)numbers[i]);
    std::fprintf(file, "],\n");
  }

  std::unique_ptr<Vdesign> core{new Vdesign};
  std::string folder;
  std::vector<int64_t> values;
  std::ofstream output;
  int frames;
  uint64_t watchdog;
  bool taps;
  Whim gives;
  Whim takes;
  std::vector<Probe> probes;
  std::vector<uint64_t> first_input;
  std::vector<uint64_t> finished;
  uint64_t cycle = 0;
  uint64_t moved = 0;
  size_t given = 0;
  uint64_t taken = 0;
};

}  // namespace

int main(int count, char** words) {
  if (count != 7) {
    std::fprintf(stderr, "error: needs INPUT OUTPUT_FOLDER FRAMES SEED WATCHDOG TAPS\n");
    return 1;
  }
  Run run(words[1], words[2], std::atoi(words[3]), unsigned(std::atoi(words[4])),
          std::strtoull(words[5], nullptr, 10), words[6][0] == '1');
  return run.all() ? 0 : 2;
}
