/// Index of the largest channel; the first maximum wins.
#ifndef BITLOOM_ARGMAX_HPP
#define BITLOOM_ARGMAX_HPP

#include <hls_stream.h>

#include "bits.hpp"

namespace bitloom {

/// SHAPE: pixels (per frame), beats (per pixel), pe (channels per beat), bits, out_bits. NUMBER gives the raw of an element:
/// ap_int or ap_uint of its bits.
template <class SHAPE, class NUMBER>
void argmax(hls::stream<ap_uint<SHAPE::pe * SHAPE::bits>>& in, hls::stream<ap_uint<SHAPE::out_bits>>& out,
            const int frames) {
  BITLOOM_HLS(INLINE)
  NUMBER best = 0;
  ap_uint<SHAPE::out_bits> winner = 0;
  int beat = 0;
frames:
  for (int frame = 0; frame < frames; frame++) {
  beats:
    for (int i = 0; i < SHAPE::pixels * SHAPE::beats; i++) {
      BITLOOM_HLS(PIPELINE II=1)
      const ap_uint<SHAPE::pe * SHAPE::bits> chunk = in.read();
    lanes:
      for (int c = 0; c < SHAPE::pe; c++) {
        BITLOOM_HLS(UNROLL)
        const NUMBER number = NUMBER(lane<SHAPE::bits>(chunk, c));
        if ((beat == 0 && c == 0) || number > best) {
          best = number;
          winner = beat * SHAPE::pe + c;
        }
      }
      if (beat == SHAPE::beats - 1) out.write(winner);
      beat = beat == SHAPE::beats - 1 ? 0 : beat + 1;
    }
  }
}

}  // namespace bitloom

#endif
