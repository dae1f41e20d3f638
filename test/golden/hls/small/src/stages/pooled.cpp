// pooled (max-pool); output 4x2x2 of 12 bits, folding pe 1, simd 1
#include "pooled.hpp"

#include "../kernels/sliding_window.hpp"
#include "../kernels/max_pool.hpp"

namespace of_pooled {

struct shape {
  static const int height = 5;
  static const int width = 5;
  static const int channels = 4;
  static const int top = 0;
  static const int left = 0;
  static const int rows = 5;
  static const int columns = 5;
  static const int kernel_height = 2;
  static const int kernel_width = 2;
  static const int stride_rows = 2;
  static const int stride_columns = 2;
  static const int out_height = 2;
  static const int out_width = 2;
  static const int groups = 4;
  static const int simd = 1;
  static const int bits = 12;
  static const int planes = 1;
  static const bool signs = false;
  static const uint64_t fill = 0x800ULL;
  static const int outputs = 16;
  static const int taps = 4;
  static const int pe = 1;
};

}  // namespace of_pooled

static void pooled_window(hls::stream<ap_uint<48>>& in0, hls::stream<ap_uint<12>>& out, const int frames) {
  using namespace of_pooled;
  bitloom::sliding_window<shape>(in0, out, frames);
}

static void pooled_maximum(hls::stream<ap_uint<12>>& in0, hls::stream<ap_uint<12>>& out, const int frames) {
  using namespace of_pooled;
  bitloom::max_pool<shape, ap_int<12>>(in0, out, frames);
}

void stage_pooled(hls::stream<ap_uint<48>>& in0, hls::stream<ap_uint<12>>& out, const int frames) {
#ifdef __SYNTHESIS__
#pragma HLS DATAFLOW
#endif
  hls::stream<ap_uint<12>> window_out("window_out");
  pooled_window(in0, window_out, frames);
  pooled_maximum(window_out, out, frames);
}
