// second (conv2d); output 4x5x5 of 12 bits, folding pe 2, simd 1
#include "second.hpp"

#include "../kernels/sliding_window.hpp"
#include "../kernels/product_unit.hpp"
#include "second_parameters.hpp"

namespace of_second {

struct shape {
  static const int height = 5;
  static const int width = 5;
  static const int channels = 4;
  static const int top = 0;
  static const int left = 0;
  static const int rows = 5;
  static const int columns = 5;
  static const int kernel_height = 1;
  static const int kernel_width = 1;
  static const int stride_rows = 1;
  static const int stride_columns = 1;
  static const int out_height = 5;
  static const int out_width = 5;
  static const int groups = 2;
  static const int simd = 1;
  static const int bits = 12;
  static const int planes = 1;
  static const bool signs = false;
  static const uint64_t fill = 0x0ULL;
  static const int folds = 2;
  static const int row_folds = 1;
  static const int pe = 2;
  static const int chunk_bits = 12;
  static const int out_bits = 12;
  static const int words = 1;
};

struct unit : bitloom::rounding_unit<1, bitloom::signed_input<12>, bitloom::digit_weight<5, 4>, ap_fixed<26, 12>, ap_fixed<12, 6, AP_RND, AP_SAT>> {
  static int border(const int, const int) { return 0; }
  static accumulator start(const int row, const int lane) {
    BITLOOM_HLS(INLINE)
    return bitloom::from_raw<accumulator>(second_start[row][lane]);
  }
  static ap_uint<shape::out_bits> finish(const accumulator (&sums)[1], const int, const int, const int) {
    BITLOOM_HLS(INLINE)
    return bitloom::to_bits(sums[0]);
  }
};

}  // namespace of_second

static void second_window(hls::stream<ap_uint<48>>& in0, hls::stream<ap_uint<12>>& out, const int frames) {
  using namespace of_second;
  bitloom::sliding_window<shape>(in0, out, frames);
}

static void second_sums(hls::stream<ap_uint<12>>& in0, hls::stream<ap_uint<24>>& out, const int frames) {
#ifdef __SYNTHESIS__
#pragma HLS ARRAY_PARTITION variable = second_weights complete dim = 1
#pragma HLS ARRAY_PARTITION variable = second_weights complete dim = 3
#pragma HLS BIND_STORAGE variable = second_weights type = rom_1p impl = lutram
#pragma HLS ARRAY_PARTITION variable = second_start complete dim = 2
#endif
  using namespace of_second;
  bitloom::matrix_vector<shape, unit>(in0, out, second_weights, frames);
}

void stage_second(hls::stream<ap_uint<48>>& in0, hls::stream<ap_uint<24>>& out, const int frames) {
#ifdef __SYNTHESIS__
#pragma HLS DATAFLOW
#endif
  hls::stream<ap_uint<12>> window_out("window_out");
  second_window(in0, window_out, frames);
  second_sums(window_out, out, frames);
}
