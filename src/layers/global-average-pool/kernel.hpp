/// Average of the whole map of each channel: a cast after every addition, then one rounded division.
#ifndef BITLOOM_GLOBAL_AVERAGE_POOL_HPP
#define BITLOOM_GLOBAL_AVERAGE_POOL_HPP

#include <hls_stream.h>

#include "average.hpp"

namespace bitloom {

/// SHAPE: pixels (per frame), beats (per pixel), pe (channels per beat), bits, out_bits. UNIT: element, which gives the
/// number of an input element, the type `accumulator`, and finish, which divides. The averages leave in a row at the end.
template <class SHAPE, class UNIT>
void global_average_pool(hls::stream<ap_uint<SHAPE::pe * SHAPE::bits>>& in,
                         hls::stream<ap_uint<SHAPE::pe * SHAPE::out_bits>>& out, const int frames) {
  BITLOOM_HLS(INLINE)
  typename UNIT::accumulator sums[SHAPE::beats][SHAPE::pe];
  BITLOOM_HLS(ARRAY_PARTITION variable=sums complete dim=0)
  int pixel = 0;
  int beat = 0;
frames:
  for (int frame = 0; frame < frames; frame++) {
  beats:
    for (int i = 0; i < (SHAPE::pixels + 1) * SHAPE::beats; i++) {
      BITLOOM_HLS(PIPELINE II=1)
      if (pixel < SHAPE::pixels) {
        const ap_uint<SHAPE::pe * SHAPE::bits> chunk = in.read();
      lanes:
        for (int c = 0; c < SHAPE::pe; c++) {
          BITLOOM_HLS(UNROLL)
          const typename UNIT::accumulator before = pixel == 0 ? typename UNIT::accumulator(0) : sums[beat][c];
          sums[beat][c] = before + UNIT::element(lane<SHAPE::bits>(chunk, c));
        }
      } else {
        ap_uint<SHAPE::pe * SHAPE::out_bits> averages = 0;
      averages:
        for (int c = 0; c < SHAPE::pe; c++) {
          BITLOOM_HLS(UNROLL)
          set_lane<SHAPE::out_bits>(averages, c, UNIT::finish(sums[beat][c]));
        }
        out.write(averages);
      }
      if (beat == SHAPE::beats - 1) pixel = pixel == SHAPE::pixels ? 0 : pixel + 1;
      beat = beat == SHAPE::beats - 1 ? 0 : beat + 1;
    }
  }
}

}  // namespace bitloom

#endif
