// Runs an accelerator behind AXI as a processor would: sets the registers, starts it, serves its memory or its streams with random
// stalls, polls CTRL. Stops with a message where the protocol is violated (AMBA AXI, A3.2 handshake, A3.4.1 bursts).
//     bench input.bin output.bin INPUT_WORDS OUTPUT_WORDS SEED FRAMES...     (a run for each number of frames; L loads weights.bin)
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "Vdesign.h"
#include "verilated.h"

static std::mt19937 chance;
static bool stalls;
static long cycles;

[[noreturn]] static void fail(const std::string& what) {
  std::fprintf(stderr, "cycle %ld: %s\n", cycles, what.c_str());
  std::exit(1);
}

static void require(bool holds, const char* what) {
  if (!holds) fail(what);
}

static bool open() { return !stalls || chance() % 3 != 0; }

// What a master shows stays as it is until it is taken.
template <class T>
struct Steady {
  bool waiting = false;
  T shown{};
  void look(bool valid, bool ready, const T& value, const char* channel) {
    if (waiting) require(valid && value == shown, (std::string(channel) + " changed before it was taken").c_str());
    waiting = valid && !ready;
    shown = value;
  }
};

struct Burst {
  uint64_t address;
  int words;
};

static Burst checked(uint64_t address, int length, int size, int kind) {
  require(size == 3 && kind == 1, "not a burst of incrementing words of 8 bytes");
  require(address % 8 == 0, "the address is no multiple of 8");
  require(address / 4096 == (address + 8 * length + 7) / 4096, "the burst crosses a border of 4 KiB");
  return {address, length + 1};
}

// A port named `interrupt` is `__SYM__interrupt` to Verilator.
static Vdesign core;
static std::vector<uint64_t> memory, results;

#ifdef MEMORY
// Not at the beginning of a page, so that bursts have to be cut.
static const uint64_t INPUT = 0x100000f80, OUTPUT = 0x200000fe8;

static std::deque<Burst> reads, writes;
static int to_confirm;
static Steady<std::pair<uint64_t, int>> ar, aw;
static Steady<std::pair<uint64_t, bool>> w;

static void show() {
  core.m_axi_input_memory_ARREADY = open() && reads.size() < 4;
  if (!core.m_axi_input_memory_RVALID && !reads.empty() && open()) {
    const Burst& burst = reads.front();
    core.m_axi_input_memory_RVALID = 1;
    core.m_axi_input_memory_RDATA = memory.at((burst.address - INPUT) / 8);
    core.m_axi_input_memory_RLAST = burst.words == 1;
  }
  core.m_axi_output_memory_AWREADY = open() && writes.size() < 4;
  core.m_axi_output_memory_WREADY = open();
  if (!core.m_axi_output_memory_BVALID && to_confirm > 0 && open()) {
    core.m_axi_output_memory_BVALID = 1;
    to_confirm--;
  }
}

static void serve() {
  ar.look(core.m_axi_input_memory_ARVALID, core.m_axi_input_memory_ARREADY,
          {core.m_axi_input_memory_ARADDR, core.m_axi_input_memory_ARLEN}, "AR");
  aw.look(core.m_axi_output_memory_AWVALID, core.m_axi_output_memory_AWREADY,
          {core.m_axi_output_memory_AWADDR, core.m_axi_output_memory_AWLEN}, "AW");
  w.look(core.m_axi_output_memory_WVALID, core.m_axi_output_memory_WREADY,
         {core.m_axi_output_memory_WDATA, core.m_axi_output_memory_WLAST}, "W");
  if (core.m_axi_input_memory_RVALID && core.m_axi_input_memory_RREADY) {
    Burst& burst = reads.front();
    burst.address += 8;
    if (--burst.words == 0) reads.pop_front();
  }
  if (core.m_axi_input_memory_ARVALID && core.m_axi_input_memory_ARREADY)
    reads.push_back(checked(core.m_axi_input_memory_ARADDR, core.m_axi_input_memory_ARLEN,
                            core.m_axi_input_memory_ARSIZE, core.m_axi_input_memory_ARBURST));
  if (core.m_axi_output_memory_AWVALID && core.m_axi_output_memory_AWREADY)
    writes.push_back(checked(core.m_axi_output_memory_AWADDR, core.m_axi_output_memory_AWLEN,
                             core.m_axi_output_memory_AWSIZE, core.m_axi_output_memory_AWBURST));
  if (core.m_axi_output_memory_WVALID && core.m_axi_output_memory_WREADY) {
    require(!writes.empty(), "a word before its address");
    require(core.m_axi_output_memory_WSTRB == 0xff, "not all bytes of a word are written");
    Burst& burst = writes.front();
    results.at((burst.address - OUTPUT) / 8) = core.m_axi_output_memory_WDATA;
    burst.address += 8;
    require((--burst.words == 0) == core.m_axi_output_memory_WLAST, "WLAST is not at the end of the burst");
    if (burst.words == 0) {
      writes.pop_front();
      to_confirm++;
    }
  }
}

static void clear() {
  if (core.m_axi_input_memory_RREADY) core.m_axi_input_memory_RVALID = 0;
  if (core.m_axi_output_memory_BREADY) core.m_axi_output_memory_BVALID = 0;
}

static void finished(size_t) { require(reads.empty() && writes.empty() && to_confirm == 0, "done before memory was"); }
static void begin() {}
#else
static size_t sent, received, ends;
static Steady<std::pair<uint64_t, bool>> out;

static void show() {
  if (!core.input_words_TVALID && sent < memory.size() && open()) {
    core.input_words_TVALID = 1;
    core.input_words_TDATA = memory[sent];
  }
  core.output_words_TREADY = open();
}

static bool taken;

static void serve() {
  out.look(core.output_words_TVALID, core.output_words_TREADY, {core.output_words_TDATA, core.output_words_TLAST}, "TDATA");
  taken = core.input_words_TVALID && core.input_words_TREADY;
  if (taken) sent++;
  if (core.output_words_TVALID && core.output_words_TREADY) {
    require(core.output_words_TKEEP == 0xff, "TKEEP");
    results.at(received++) = core.output_words_TDATA;
    if (core.output_words_TLAST) {
      require(ends == 0, "a second TLAST");
      ends = received;
    }
  }
}

static void clear() {
  if (taken) core.input_words_TVALID = 0;
}

static void finished(size_t words) {
  require(received == words, "done before all words came out");
  require(ends == words, "TLAST is not at the end of the last frame");
}
static void begin() { sent = received = ends = 0; }
#endif

static void tick() {
  core.ap_clk = 0;
  show();
  core.eval();
  serve();
  core.ap_clk = 1;
  const bool wrote = core.s_axi_control_AWREADY, got = core.s_axi_control_ARREADY;
  core.eval();
  clear();
  if (wrote) core.s_axi_control_AWVALID = core.s_axi_control_WVALID = 0;
  if (got) core.s_axi_control_ARVALID = 0;
  cycles++;
}

static void write(int address, uint32_t value) {
  core.s_axi_control_AWADDR = address;
  core.s_axi_control_WDATA = value;
  core.s_axi_control_WSTRB = 0xf;
  core.s_axi_control_AWVALID = core.s_axi_control_WVALID = 1;
  core.s_axi_control_BREADY = 1;
  do tick(); while (core.s_axi_control_AWVALID);
  while (!core.s_axi_control_BVALID) tick();
  tick();
}

static uint32_t read(int address) {
  core.s_axi_control_ARADDR = address;
  core.s_axi_control_ARVALID = 1;
  core.s_axi_control_RREADY = 0;
  do tick(); while (core.s_axi_control_ARVALID);
  while (!core.s_axi_control_RVALID) tick();
  const uint32_t value = core.s_axi_control_RDATA;
  core.s_axi_control_RREADY = 1;
  tick();
  core.s_axi_control_RREADY = 0;
  return value;
}

static std::vector<uint64_t> words_of(const char* path) {
  std::ifstream file(path, std::ios::binary);
  std::vector<char> bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  std::vector<uint64_t> words(bytes.size() / 8);
  std::copy(bytes.begin(), bytes.begin() + words.size() * 8, reinterpret_cast<char*>(words.data()));
  return words;
}

#ifdef LOADABLE
static void load() {
  std::ifstream file("weights.bin", std::ios::binary);
  write(0x54, 0xdeadbeef);
  write(0x50, 1);
  while (read(0x50) != 3) require(cycles < 1000000000, "the weights are not let in");
  uint32_t word;
  while (file.read(reinterpret_cast<char*>(&word), 4)) write(0x54, word);
  write(0x50, 0);
  require(read(0x50) == 0, "the loading does not end");
}
#endif

int main(int argc, char** argv) {
  const std::vector<uint64_t> all = words_of(argv[1]);
  const int input_words = std::atoi(argv[3]), output_words = std::atoi(argv[4]), seed = std::atoi(argv[5]);
  chance.seed(seed);
  stalls = seed != 0;
  std::ofstream output(argv[2], std::ios::binary);

  core.ap_rst_n = 0;
  for (int i = 0; i < 5; i++) tick();
  core.ap_rst_n = 1;
  for (int i = 0; i < 5; i++) tick();
  write(0x04, 1);
  write(0x08, 1);
  for (int run = 6; run < argc; run++) {
#ifdef LOADABLE
    if (argv[run][0] == 'L') {
      load();
      continue;
    }
#endif
    const int frames = std::atoi(argv[run]);
    memory.assign(all.begin(), all.begin() + size_t(frames) * input_words);
    results.assign(size_t(frames) * output_words, 0);
    begin();
#ifdef MEMORY
    write(0x10, uint32_t(INPUT));
    write(0x14, uint32_t(INPUT >> 32));
    write(0x1c, uint32_t(OUTPUT));
    write(0x20, uint32_t(OUTPUT >> 32));
    write(0x28, frames);
    require(read(0x20) == uint32_t(OUTPUT >> 32), "a register does not keep what was written");
#else
    write(0x10, frames);
#endif
    require(read(0x00) == 4, "CTRL is not idle before the start");
    require(!core.__SYM__interrupt, "an interrupt before the start");
    write(0x00, 1);
    const long begun = cycles;
    uint32_t control = 0;
    while (!((control = read(0x00)) & 2)) require(cycles < begun + 1000000, "AP_DONE does not come");
    finished(results.size());
    require(control == 0xe, "CTRL at the end");
    require(read(0x00) == 4, "AP_DONE is still there after it was read");
    require(core.__SYM__interrupt && read(0x0c) == 1, "no interrupt");
    write(0x0c, 1);
    require(!core.__SYM__interrupt, "the interrupt stays");
    std::printf("%u %u %u %u %ld\n", read(0x40), read(0x44), read(0x48), read(0x4c), cycles - begun);
    output.write(reinterpret_cast<const char*>(results.data()), results.size() * 8);
  }
  return 0;
}
