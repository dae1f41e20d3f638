// scores (dense); output 3x1x1 of 17 bits, folding pe 1, simd 1
#include "scores.hpp"

#include "../kernels/product_unit.hpp"
#include "scores_parameters.hpp"

namespace of_scores {

struct shape {
  static const int out_height = 1;
  static const int out_width = 1;
  static const int groups = 1;
  static const int folds = 16;
  static const int row_folds = 3;
  static const int pe = 1;
  static const int chunk_bits = 12;
  static const int out_bits = 17;
  static const int words = 1;
};

struct unit : bitloom::product_unit<1, bitloom::signed_input<12>, bitloom::digit_weight<2, 2>, 17> {
  static int border(const int, const int) { return 0; }
  static ap_uint<17> finish(const accumulator (&sums)[1], const int border, const int row, const int lane) {
    BITLOOM_HLS(INLINE)
    return exact(scores_start[border][row][lane], sums[0], 0);
  }
};

}  // namespace of_scores

void stage_scores(hls::stream<ap_uint<12>>& in0, hls::stream<ap_uint<17>>& out, const int frames) {
#ifdef __SYNTHESIS__
#pragma HLS ARRAY_PARTITION variable = scores_weights complete dim = 1
#pragma HLS ARRAY_PARTITION variable = scores_weights complete dim = 3
#pragma HLS BIND_STORAGE variable = scores_weights type = rom_1p impl = lutram
#pragma HLS ARRAY_PARTITION variable = scores_start complete dim = 3
#endif
  using namespace of_scores;
  bitloom::matrix_vector<shape, unit>(in0, out, scores_weights, frames);
}
