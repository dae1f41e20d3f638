/// Taps: with BITLOOM_TAPS defined (csim only) the values of every node go to files, else nothing of this is left.
/// File <folder>/<name>.bin, where the folder is the environment variable BITLOOM_TAP_DIR or the working directory: the raws
/// as little-endian int64 (bipolar as +1 and -1; an unsigned raw above 2^63 - 1 by its 64 bits), frame after frame,
/// in the order of the stream: row, column, channel.
#ifndef BITLOOM_TAP_HPP
#define BITLOOM_TAP_HPP

#if defined(BITLOOM_TAPS) && !defined(__SYNTHESIS__)

#include <hls_stream.h>

#include <cstdio>
#include <cstdlib>
#include <string>

#include "bits.hpp"

namespace bitloom {

/// How the bits of an element stand for its raw.
enum tap_kind { TAP_UNSIGNED, TAP_SIGNED, TAP_BIPOLAR };

class tap_file {
 public:
  explicit tap_file(const char* name) {
    const char* folder = std::getenv("BITLOOM_TAP_DIR");
    const std::string path = std::string(folder ? folder : ".") + "/" + name + ".bin";
    file_ = std::fopen(path.c_str(), "wb");
    if (!file_) std::fprintf(stderr, "cannot write %s\n", path.c_str());
  }
  ~tap_file() {
    if (file_) std::fclose(file_);
  }
  template <int BITS>
  void write(const ap_uint<BITS>& bits, const tap_kind kind) {
    int64_t raw = static_cast<int64_t>(bits.to_uint64());
    if (kind == TAP_SIGNED) raw = ap_int<BITS>(bits).to_int64();
    if (kind == TAP_BIPOLAR) raw = raw ? 1 : -1;
    if (file_) std::fwrite(&raw, sizeof raw, 1, file_);
  }

 private:
  std::FILE* file_;
};

/// Writes what waits in a stream, and puts it back.
template <int BITS, int LANES>
void tap_stream(tap_file& file, hls::stream<ap_uint<BITS * LANES>>& stream, const tap_kind kind) {
  for (auto beats = stream.size(); beats > 0; beats--) {
    const ap_uint<BITS* LANES> beat = stream.read();
    for (int i = 0; i < LANES; i++) file.write(lane<BITS>(beat, i), kind);
    stream.write(beat);
  }
}

}  // namespace bitloom

#define BITLOOM_TAP(name, bits, kind)          \
  {                                            \
    static bitloom::tap_file file(name);       \
    file.write(bits, bitloom::TAP_##kind);     \
  }
#define BITLOOM_TAP_STREAM(name, stream, bits, lanes, kind)              \
  {                                                                      \
    static bitloom::tap_file file(name);                                 \
    bitloom::tap_stream<bits, lanes>(file, stream, bitloom::TAP_##kind); \
  }

#else

#define BITLOOM_TAP(name, bits, kind) (void)(bits);
#define BITLOOM_TAP_STREAM(name, stream, bits, lanes, kind)

#endif

#endif
