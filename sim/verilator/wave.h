// A wave file, if the model was built for one: a cycle takes two units of time.
#ifndef BITLOOM_WAVE_H
#define BITLOOM_WAVE_H

#include <cstdio>
#include <cstdlib>
#include <string>

#include "design.hpp"

#if VM_TRACE_FST
#include <verilated_fst_c.h>
typedef VerilatedFstC WaveFile;
#elif VM_TRACE
#include <verilated_vcd_c.h>
typedef VerilatedVcdC WaveFile;
#endif

namespace bitloom {

class Wave {
 public:
#if VM_TRACE
  Wave(Vdesign& core, const std::string& name) {
    if (name == "-") return;
    core.trace(&file, 99);
    file.open(name.c_str());
    if (file.isOpen()) return;
    std::fprintf(stderr, "error: cannot write %s\n", name.c_str());
    std::exit(1);
  }
  ~Wave() { file.close(); }
  void edge() {
    if (file.isOpen()) file.dump(time++);
  }

 private:
  WaveFile file;
  uint64_t time = 0;
#else
  Wave(Vdesign&, const std::string&) {}
  void edge() {}
#endif
};

}  // namespace bitloom

#endif
