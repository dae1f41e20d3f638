/// Thermometer code: a number becomes LEVELS bipolar channels, +1 where it reaches the level's cut.
#ifndef BITLOOM_THERMOMETER_HPP
#define BITLOOM_THERMOMETER_HPP

#include <hls_stream.h>

#include "bits.hpp"

namespace bitloom {

/// SHAPE: beats (per frame), lanes (input channels per beat), bits (of an input element), levels. Cuts are ascending.
template <class SHAPE>
void thermometer(hls::stream<ap_uint<SHAPE::lanes * SHAPE::bits>>& in,
                 hls::stream<ap_uint<SHAPE::lanes * SHAPE::levels>>& out, const uint64_t (&cuts)[SHAPE::levels],
                 const int frames) {
  BITLOOM_HLS(INLINE)
frames:
  for (int frame = 0; frame < frames; frame++) {
  beats:
    for (int beat = 0; beat < SHAPE::beats; beat++) {
      BITLOOM_HLS(PIPELINE II=1)
      const ap_uint<SHAPE::lanes * SHAPE::bits> numbers = in.read();
      ap_uint<SHAPE::lanes * SHAPE::levels> code = 0;
    lanes:
      for (int i = 0; i < SHAPE::lanes; i++) {
        BITLOOM_HLS(UNROLL)
        const ap_uint<SHAPE::bits> number = lane<SHAPE::bits>(numbers, i);
      levels:
        for (int b = 0; b < SHAPE::levels; b++) {
          BITLOOM_HLS(UNROLL)
          set_lane<1>(code, i * SHAPE::levels + b, ap_uint<1>(number >= cuts[b]));
        }
      }
      out.write(code);
    }
  }
}

}  // namespace bitloom

#endif
