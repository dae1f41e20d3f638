/// The matrix-vector unit of conv2d, gated-conv2d and dense: PE outputs times SIMD inputs per cycle.
#ifndef BITLOOM_MATRIX_VECTOR_HPP
#define BITLOOM_MATRIX_VECTOR_HPP

#include <hls_stream.h>

#include "bits.hpp"

namespace bitloom {

/// For each output pixel and group of channels: reads `folds` chunks of the input, keeps them while `row_folds` times `pe`
/// outputs are computed from them, and sends a beat for each of these. SHAPE has the numbers:
///   out_height, out_width, groups, folds, row_folds, pe
///   chunk_bits, out_bits         of a chunk and of an output element
///   words                        of a row of weights for a chunk
/// UNIT says what is computed: `chunk` is how a chunk is kept, `accumulator` one sum per plane of the input's bits;
/// start, add and finish make them and turn them into the output element of channel row * pe + lane, where `border` is the
/// class of the pixel (0 unless padded taps are absent). Weights: row * folds + fold of each lane.
template <class SHAPE, class UNIT, class WEIGHTS>
void matrix_vector_steps(hls::stream<ap_uint<SHAPE::chunk_bits>>& in,
                         hls::stream<ap_uint<SHAPE::pe * SHAPE::out_bits>>& out, const WEIGHTS& weights,
                         const int frames) {
  BITLOOM_HLS(INLINE)
  typename UNIT::chunk kept[SHAPE::folds];
  typename UNIT::accumulator sums[SHAPE::pe][UNIT::planes];
  BITLOOM_HLS(ARRAY_PARTITION variable=sums complete dim=0)
  const int rows = SHAPE::groups * SHAPE::row_folds;
  int fold = 0;
  int group_row = 0;
  int row = 0;
  int address = 0;
  int x = 0;
  int y = 0;
frames:
  for (int frame = 0; frame < frames; frame++) {
  steps:
    for (int step = 0; step < SHAPE::out_height * SHAPE::out_width * rows * SHAPE::folds; step++) {
      BITLOOM_HLS(PIPELINE II=1)
      typename UNIT::chunk chunk;
      if (group_row == 0) {
        UNIT::take(chunk, in.read());
        if (SHAPE::row_folds > 1) kept[fold] = chunk;
      } else {
        chunk = kept[fold];
      }
      const bool last_fold = fold == SHAPE::folds - 1;
      ap_uint<SHAPE::pe * SHAPE::out_bits> beat = 0;
    lanes:
      for (int lane = 0; lane < SHAPE::pe; lane++) {
        BITLOOM_HLS(UNROLL)
      planes:
        for (int plane = 0; plane < UNIT::planes; plane++) {
          BITLOOM_HLS(UNROLL)
          const typename UNIT::accumulator before = fold == 0 ? UNIT::start(row, lane) : sums[lane][plane];
          sums[lane][plane] = UNIT::add(before, chunk, plane, weights[lane][address]);
        }
        if (last_fold) set_lane<SHAPE::out_bits>(beat, lane, UNIT::finish(sums[lane], UNIT::border(y, x), row, lane));
      }
      if (last_fold) out.write(beat);

      // row * folds + fold, without a multiplier.
      address = address == rows * SHAPE::folds - 1 ? 0 : address + 1;
      fold = last_fold ? 0 : fold + 1;
      if (last_fold) {
        const bool last_row = row == rows - 1;
        group_row = group_row == SHAPE::row_folds - 1 ? 0 : group_row + 1;
        row = last_row ? 0 : row + 1;
        if (last_row) {
          const bool last_x = x == SHAPE::out_width - 1;
          x = last_x ? 0 : x + 1;
          if (last_x) y = y == SHAPE::out_height - 1 ? 0 : y + 1;
        }
      }
    }
  }
}

/// The same with weights as they are stored: words of each row. On a CPU a unit's `rows` says how it keeps them.
template <class SHAPE, class UNIT, class WORD>
void matrix_vector(hls::stream<ap_uint<SHAPE::chunk_bits>>& in, hls::stream<ap_uint<SHAPE::pe * SHAPE::out_bits>>& out,
                   const WORD (&weights)[SHAPE::pe][SHAPE::groups * SHAPE::row_folds * SHAPE::folds][SHAPE::words],
                   const int frames) {
  BITLOOM_HLS(INLINE)
#ifdef BITLOOM_AS_SYNTHESIZED
  matrix_vector_steps<SHAPE, UNIT>(in, out, weights, frames);
#else
  matrix_vector_steps<SHAPE, UNIT>(in, out, UNIT::template rows<SHAPE>(weights), frames);
#endif
}

}  // namespace bitloom

#endif
