// Runs frames through a verilated core. design.hpp (generated) says what its ports are called.
//
//     cosim INPUT OUTPUT_FOLDER FRAMES SEED WATCHDOG TAPS WAVE WEIGHTS AFTER
//
// INPUT holds raws as little-endian int64: frame after frame, pixel by pixel, channels last; so do the files that are written,
// output.bin and, with TAPS 1, FIFO.bin. More frames follow them (the same again), so that the last ones are under way as all are, and
// FIFO.bin has something of these, too. cosim.json gets the cycles. With a SEED other than 0 inputs come with gaps and outputs are not always taken. WAVE is a wave file, or -. Ends with 2 if nothing moves for WATCHDOG cycles.
// WEIGHTS holds words of 32 bits, which are loaded after so many frames; or it is -.
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <string>
#include <vector>

#include "activity.h"
#include "design.hpp"
#include "wave.h"
#include "weights.h"
#include "whim.h"

using namespace bitloom;

namespace {

template <class T>
std::vector<T> load(const std::string& name) {
  if (name == "-") return {};
  std::ifstream file(name, std::ios::binary | std::ios::ate);
  std::vector<T> values(size_t(file.tellg()) / sizeof(T));
  file.seekg(0);
  file.read(reinterpret_cast<char*>(values.data()), std::streamsize(values.size() * sizeof(T)));
  return values;
}

void put(std::ofstream& file, int64_t value) { file.write(reinterpret_cast<const char*>(&value), 8); }

struct Options {
  std::string input, folder;
  int frames;
  unsigned seed;
  uint64_t watchdog;
  bool taps;
  std::string wave;
  std::string weights;
  size_t after;
};

class Run {
 public:
  explicit Run(const Options& options)
      : options(options), core(new Vdesign), wave(*core, options.wave), values(load<int64_t>(options.input)),
        output(options.folder + "/output.bin", std::ios::binary), gives(options.seed),
        takes(options.seed ? options.seed + 1 : 0),
        weights(*core, load<uint32_t>(options.weights), options.seed ? options.seed + 2 : 0) {
    for (int i = 0; options.taps && i < FIFO_COUNT; i++)
      taps.emplace_back(options.folder + "/" + FIFOS[i].name + ".bin", std::ios::binary);
  }

  // False if the core is stuck.
  bool all() {
    reset();
    const uint64_t out_beats = uint64_t(OUTPUT_BEATS) * options.frames;
    if (!until(out_beats)) return report(false);
    const bool good = report(true);
    // What is left of a frame has been read when the next one is out.
    if (options.taps) until(out_beats + OUTPUT_BEATS);
    return good;
  }

 private:
  bool until(uint64_t beats) {
    while (taken < beats) {
      if (cycle - moved > options.watchdog) return false;
      step();
    }
    return true;
  }

  void reset() {
    core->rst = 1;
    core->input_valid = 0;
    core->output_ready = 0;
    for (int i = 0; i < 4; i++) {
      half(0);
      half(1);
    }
    core->rst = 0;
  }

  void half(int clk) {
    core->clk = clk;
    core->eval();
    wave.edge();
  }

  void step() {
    // A frame that is offered in the cycle of the request could begin before it is seen.
    if (begins()) weights.begin();
    else if (!core->input_valid && gives.next()) offer();
    if (weights.show()) moved = cycle;
    core->output_ready = takes.next();
    half(0);
    const bool in = core->input_valid && core->input_ready;
    const bool out = core->output_valid && core->output_ready;
    watch();
    if (in && first_input.size() * size_t(INPUT_BEATS) * INPUT.lanes == given) first_input.push_back(cycle);
    if (out) take();
    half(1);
    if (in) {
      given += size_t(INPUT.lanes);
      core->input_valid = 0;
      moved = cycle;
    }
    cycle++;
  }

  // Loading does.
  bool begins() {
    if (options.weights == "-" || core->input_valid || given != options.after * size_t(INPUT_BEATS) * INPUT.lanes || asked) return false;
    return asked = true;
  }

  void offer() {
    for (int lane = 0; lane < INPUT.lanes; lane++)
      set_element(core->input_data, INPUT, lane, values[(given + size_t(lane)) % values.size()]);
    core->input_valid = 1;
  }

  void take() {
    const bool wanted = taken < uint64_t(OUTPUT_BEATS) * options.frames;
    for (int lane = 0; wanted && lane < OUTPUT.lanes; lane++)
      put(output, element(core->output_data, OUTPUT, lane));
    moved = cycle;
    if (++taken % OUTPUT_BEATS != 0) return;
    finished.push_back(cycle);
    // What the stages do is told of the time in which frames come out.
    if (finished.size() == 1 && options.frames > 1) activity.restart();
  }

  void watch() {
    for_each_fifo(*core, [this](int index, const auto& data, uint32_t ends) {
      activity.fifo(index, {bool(ends & 8), bool(ends & 4), bool(ends & 2), bool(ends & 1)});
      if (!activity.fifos[size_t(index)].ends.put()) return;
      moved = cycle;
      if (options.taps)
        for (int lane = 0; lane < FIFOS[index].lanes; lane++)
          put(taps[size_t(index)], element(data, FIFOS[index], lane));
    });
    activity.cycle();
  }

  bool report(bool good) {
    std::FILE* file = std::fopen((options.folder + "/cosim.json").c_str(), "w");
    std::fprintf(file, "{\"stuck\": %s, \"cycles\": %llu,\n", good ? "false" : "true", (unsigned long long)cycle);
    list(file, "firstInput", first_input);
    list(file, "finished", finished);
    activity.print(file);
    std::fprintf(file, "}\n");
    std::fclose(file);
    return good;
  }

  static void list(std::FILE* file, const char* name, const std::vector<uint64_t>& numbers) {
    std::fprintf(file, " \"%s\": [", name);
    for (size_t i = 0; i < numbers.size(); i++)
      std::fprintf(file, "%s%llu", i ? ", " : "", (unsigned long long)numbers[i]);
    std::fprintf(file, "],\n");
  }

  Options options;
  std::unique_ptr<Vdesign> core;
  Wave wave;
  std::vector<int64_t> values;
  std::ofstream output;
  std::vector<std::ofstream> taps;
  Whim gives;
  Whim takes;
  Weights weights;
  bool asked = false;
  Activity activity;
  std::vector<uint64_t> first_input;
  std::vector<uint64_t> finished;
  uint64_t cycle = 0;
  uint64_t moved = 0;
  size_t given = 0;
  uint64_t taken = 0;
};

}  // namespace

int main(int count, char** words) {
  if (count != 10) {
    std::fprintf(stderr, "error: needs INPUT OUTPUT_FOLDER FRAMES SEED WATCHDOG TAPS WAVE WEIGHTS AFTER\n");
    return 1;
  }
  Verilated::traceEverOn(true);
  Run run({words[1], words[2], std::atoi(words[3]), unsigned(std::atoi(words[4])),
           std::strtoull(words[5], nullptr, 10), words[6][0] == '1', words[7], words[8], size_t(std::atoi(words[9]))});
  return run.all() ? 0 : 2;
}
