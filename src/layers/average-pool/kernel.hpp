/// Average over the taps of a window: a cast after every addition, then one rounded division.
#ifndef BITLOOM_AVERAGE_POOL_HPP
#define BITLOOM_AVERAGE_POOL_HPP

#include <hls_stream.h>

#include "average.hpp"

namespace bitloom {

/// Folds `taps` chunks into one beat. SHAPE: outputs (beats per frame), taps, pe (channels per beat), bits, out_bits. UNIT:
/// element, which gives the number of an input element, the type `accumulator`, and finish, which divides.
template <class SHAPE, class UNIT>
void average_pool(hls::stream<ap_uint<SHAPE::pe * SHAPE::bits>>& in,
                  hls::stream<ap_uint<SHAPE::pe * SHAPE::out_bits>>& out, const int frames) {
  BITLOOM_HLS(INLINE)
  typename UNIT::accumulator sums[SHAPE::pe];
  BITLOOM_HLS(ARRAY_PARTITION variable=sums complete)
  int tap = 0;
frames:
  for (int frame = 0; frame < frames; frame++) {
  taps:
    for (int i = 0; i < SHAPE::outputs * SHAPE::taps; i++) {
      BITLOOM_HLS(PIPELINE II=1)
      const ap_uint<SHAPE::pe * SHAPE::bits> chunk = in.read();
      ap_uint<SHAPE::pe * SHAPE::out_bits> beat = 0;
    lanes:
      for (int c = 0; c < SHAPE::pe; c++) {
        BITLOOM_HLS(UNROLL)
        const typename UNIT::accumulator before = tap == 0 ? typename UNIT::accumulator(0) : sums[c];
        sums[c] = before + UNIT::element(lane<SHAPE::bits>(chunk, c));
        if (tap == SHAPE::taps - 1) set_lane<SHAPE::out_bits>(beat, c, UNIT::finish(sums[c]));
      }
      if (tap == SHAPE::taps - 1) out.write(beat);
      tap = tap == SHAPE::taps - 1 ? 0 : tap + 1;
    }
  }
}

}  // namespace bitloom

#endif
