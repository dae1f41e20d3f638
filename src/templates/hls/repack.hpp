/// The same elements in beats of another width.
#ifndef BITLOOM_REPACK_HPP
#define BITLOOM_REPACK_HPP

#include <hls_stream.h>

#include "bits.hpp"

namespace bitloom {

/// IN elements per beat become OUT per beat (OUT a multiple of IN): waits for OUT / IN beats and sends one.
template <int BITS, int IN, int OUT, int BEATS>
struct widen {
  static void run(hls::stream<ap_uint<BITS * IN>>& in, hls::stream<ap_uint<BITS * OUT>>& out, const int frames) {
    ap_uint<BITS * OUT> gathered = 0;
    int part = 0;
  frames:
    for (int frame = 0; frame < frames; frame++) {
    beats:
      for (int beat = 0; beat < BEATS; beat++) {
        BITLOOM_HLS(PIPELINE II=1)
        gathered = gathered >> (BITS * IN);
        gathered.range(BITS * OUT - 1, BITS * (OUT - IN)) = in.read();
        if (part == OUT / IN - 1) out.write(gathered);
        part = part == OUT / IN - 1 ? 0 : part + 1;
      }
    }
  }
};

/// IN elements per beat become OUT per beat (IN a multiple of OUT): sends a beat in IN / OUT pieces.
template <int BITS, int IN, int OUT, int BEATS>
struct narrow {
  static void run(hls::stream<ap_uint<BITS * IN>>& in, hls::stream<ap_uint<BITS * OUT>>& out, const int frames) {
    ap_uint<BITS * IN> rest = 0;
    int part = 0;
  frames:
    for (int frame = 0; frame < frames; frame++) {
    pieces:
      for (int piece = 0; piece < BEATS * (IN / OUT); piece++) {
        BITLOOM_HLS(PIPELINE II=1)
        if (part == 0) rest = in.read();
        out.write(ap_uint<BITS * OUT>(rest));
        rest = rest >> (BITS * OUT);
        part = part == IN / OUT - 1 ? 0 : part + 1;
      }
    }
  }
};

template <bool WIDER>
struct converter {
  template <int BITS, int IN, int OUT, int BEATS>
  using of = widen<BITS, IN, OUT, BEATS>;
};

template <>
struct converter<false> {
  template <int BITS, int IN, int OUT, int BEATS>
  using of = narrow<BITS, IN, OUT, BEATS>;
};

/// Width converter; one of IN and OUT divides the other. BEATS is the number of input beats per frame: a constant of the type,
/// since HLS would build a multiplier for the iterations of a loop with a run-time bound.
template <int BITS, int IN, int OUT, int BEATS>
void convert(hls::stream<ap_uint<BITS * IN>>& in, hls::stream<ap_uint<BITS * OUT>>& out, const int frames) {
  BITLOOM_HLS(INLINE)
  converter<(IN < OUT)>::template of<BITS, IN, OUT, BEATS>::run(in, out, frames);
}

/// Iterations of `repack` for a frame.
constexpr int repack_steps(int in, int out, int in_beats, int out_beats) {
  return in > out                                                                       ? out_beats
         : in_beats * in % out != 0 && in_beats * in / out > (in_beats - 1) * in / out ? in_beats + 1
                                                                                        : in_beats;
}

/// Any two widths: IN_BEATS of IN elements become OUT_BEATS of OUT elements in each frame. What is too much at the end of a
/// frame is dropped, what is missing is 0.
template <int BITS, int IN, int OUT, int IN_BEATS, int OUT_BEATS>
void repack(hls::stream<ap_uint<BITS * IN>>& in, hls::stream<ap_uint<BITS * OUT>>& out, const int frames) {
  const int steps = repack_steps(IN, OUT, IN_BEATS, OUT_BEATS);
  ap_uint<BITS*(IN + OUT)> waiting = 0;
  int filled = 0;  // bits, since a shift by BITS * elements would need a multiplier
  int received = 0;
  int sent = 0;
frames:
  for (int frame = 0; frame < frames; frame++) {
  steps:
    for (int step = 0; step < steps; step++) {
      BITLOOM_HLS(PIPELINE II=1)
      if (filled < BITS * OUT && received < IN_BEATS) {
        const ap_uint<BITS*(IN + OUT)> beat = in.read();
        waiting = waiting | (beat << unsigned(filled));
        filled += BITS * IN;
        received++;
      }
      if ((filled >= BITS * OUT || received == IN_BEATS) && sent < OUT_BEATS) {
        out.write(ap_uint<BITS * OUT>(waiting));
        waiting = waiting >> (BITS * OUT);
        filled -= BITS * OUT;
        sent++;
      }
      if (step == steps - 1) {
        waiting = 0;
        filled = 0;
        received = 0;
        sent = 0;
      }
    }
  }
}

}  // namespace bitloom

#endif
