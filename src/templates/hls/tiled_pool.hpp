/// Pools over windows that tile the map: their results grow while it streams in.
#ifndef BITLOOM_TILED_POOL_HPP
#define BITLOOM_TILED_POOL_HPP

#include <hls_stream.h>

#include "bits.hpp"

namespace bitloom {

/// SHAPE: rows of windows, windows (of a row), kernel_height, kernel_width, groups (beats per pixel), pe (channels per beat), bits,
/// out_bits. UNIT: the type `accumulator`; fold, which gives it for the first element of a window, or for a further one and what it was before; and
/// finish, which gives the bits of the result.
template <class SHAPE, class UNIT>
void tiled_pool(hls::stream<ap_uint<SHAPE::pe * SHAPE::bits>>& in,
                hls::stream<ap_uint<SHAPE::pe * SHAPE::out_bits>>& out, const int frames) {
  BITLOOM_HLS(INLINE)
  typename UNIT::accumulator results[SHAPE::windows][SHAPE::groups][SHAPE::pe];
  BITLOOM_HLS(ARRAY_PARTITION variable=results complete dim=0)
  int row = 0;
  int window = 0;
  int column = 0;
  int group = 0;
frames:
  for (int frame = 0; frame < frames; frame++) {
  beats:
    for (int i = 0; i < SHAPE::rows * SHAPE::kernel_height * SHAPE::windows * SHAPE::kernel_width * SHAPE::groups; i++) {
      BITLOOM_HLS(PIPELINE II=1)
      const ap_uint<SHAPE::pe * SHAPE::bits> chunk = in.read();
      const bool first = row == 0 && column == 0;
      const bool last = row == SHAPE::kernel_height - 1 && column == SHAPE::kernel_width - 1;
      ap_uint<SHAPE::pe * SHAPE::out_bits> beat = 0;
    lanes:
      for (int c = 0; c < SHAPE::pe; c++) {
        BITLOOM_HLS(UNROLL)
        results[window][group][c] = UNIT::fold(first, results[window][group][c], lane<SHAPE::bits>(chunk, c));
        if (last) set_lane<SHAPE::out_bits>(beat, c, UNIT::finish(results[window][group][c]));
      }
      if (last) out.write(beat);
      // Groups, columns of a window, windows of a row, rows of a window.
      const bool next_column = group == SHAPE::groups - 1;
      const bool next_window = next_column && column == SHAPE::kernel_width - 1;
      const bool next_row = next_window && window == SHAPE::windows - 1;
      group = next_column ? 0 : group + 1;
      if (next_column) column = next_window ? 0 : column + 1;
      if (next_window) window = next_row ? 0 : window + 1;
      if (next_row) row = row == SHAPE::kernel_height - 1 ? 0 : row + 1;
    }
  }
}

}  // namespace bitloom

#endif
