/// Maximum over the taps of a window.
#ifndef BITLOOM_MAX_POOL_HPP
#define BITLOOM_MAX_POOL_HPP

#include <hls_stream.h>

#include "bits.hpp"

namespace bitloom {

/// Folds `taps` chunks into one beat. SHAPE: outputs (beats per frame), taps, pe (channels per beat), bits. NUMBER gives the raw
/// of an element: ap_int or ap_uint of its bits.
template <class SHAPE, class NUMBER>
void max_pool(hls::stream<ap_uint<SHAPE::pe * SHAPE::bits>>& in, hls::stream<ap_uint<SHAPE::pe * SHAPE::bits>>& out,
              const int frames) {
  BITLOOM_HLS(INLINE)
  ap_uint<SHAPE::pe * SHAPE::bits> best = 0;
  int tap = 0;
frames:
  for (int frame = 0; frame < frames; frame++) {
  taps:
    for (int i = 0; i < SHAPE::outputs * SHAPE::taps; i++) {
      BITLOOM_HLS(PIPELINE II=1)
      const ap_uint<SHAPE::pe * SHAPE::bits> chunk = in.read();
    lanes:
      for (int c = 0; c < SHAPE::pe; c++) {
        BITLOOM_HLS(UNROLL)
        const ap_uint<SHAPE::bits> element = lane<SHAPE::bits>(chunk, c);
        if (tap == 0 || NUMBER(element) > NUMBER(lane<SHAPE::bits>(best, c))) set_lane<SHAPE::bits>(best, c, element);
      }
      if (tap == SHAPE::taps - 1) out.write(best);
      tap = tap == SHAPE::taps - 1 ? 0 : tap + 1;
    }
  }
}

}  // namespace bitloom

#endif
