// first (conv2d); output 4x5x5 of 7 bits, folding pe 1, simd 36
#include "first.hpp"

#include "../kernels/sliding_window.hpp"
#include "../kernels/xnor_unit.hpp"
#include "first_parameters.hpp"

namespace of_first {

struct shape {
  static const int height = 5;
  static const int width = 5;
  static const int channels = 4;
  static const int top = 1;
  static const int left = 1;
  static const int rows = 7;
  static const int columns = 7;
  static const int kernel_height = 3;
  static const int kernel_width = 3;
  static const int stride_rows = 1;
  static const int stride_columns = 1;
  static const int out_height = 5;
  static const int out_width = 5;
  static const int groups = 1;
  static const int simd = 36;
  static const int bits = 1;
  static const int planes = 1;
  static const bool signs = false;
  static const uint64_t fill = 0x0ULL;
  static const int folds = 1;
  static const int row_folds = 4;
  static const int pe = 1;
  static const int chunk_bits = 36;
  static const int out_bits = 7;
  static const int words = 1;
};

struct unit : bitloom::xnor_unit<36, 1, 36> {
  static int border(const int y, const int x) {
    BITLOOM_HLS(INLINE)
    return first_row_border[y] + first_column_border[x];
  }
  static ap_uint<7> finish(const accumulator (&sums)[1], const int border, const int row, const int lane) {
    BITLOOM_HLS(INLINE)
    return exact<7>(first_start[border][row][lane], sums[0], 0);
  }
};

}  // namespace of_first

static void first_window(hls::stream<ap_uint<4>>& in0, hls::stream<ap_uint<36>>& out, const int frames) {
  using namespace of_first;
  bitloom::sliding_window<shape>(in0, out, frames);
}

static void first_sums(hls::stream<ap_uint<36>>& in0, hls::stream<ap_uint<7>>& out, const int frames) {
#ifdef __SYNTHESIS__
#pragma HLS ARRAY_PARTITION variable = first_weights complete dim = 1
#pragma HLS ARRAY_PARTITION variable = first_weights complete dim = 3
#pragma HLS BIND_STORAGE variable = first_weights type = rom_1p impl = lutram
#pragma HLS ARRAY_PARTITION variable = first_start complete dim = 3
#endif
  using namespace of_first;
  bitloom::matrix_vector<shape, unit>(in0, out, first_weights, frames);
}

void stage_first(hls::stream<ap_uint<4>>& in0, hls::stream<ap_uint<7>>& out, const int frames) {
#ifdef __SYNTHESIS__
#pragma HLS DATAFLOW
#endif
  hls::stream<ap_uint<36>> window_out("window_out");
  first_window(in0, window_out, frames);
  first_sums(window_out, out, frames);
}
