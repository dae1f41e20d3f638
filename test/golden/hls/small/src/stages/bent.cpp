// norm (affine), bent (prelu); output 4x5x5 of 12 bits, folding pe 1, simd 1
#include "bent.hpp"

#include "../kernels/elementwise.hpp"
#include "../kernels/tap.hpp"
#include "bent_parameters.hpp"

namespace of_bent {

struct shape {
  static const int beats = 100;
  static const int rows = 4;
  static const int lanes = 1;
  static const int out_bits = 12;
};

struct unit {
  static ap_uint<shape::out_bits> element(const ap_uint<7>& in0, const int row, const int lane) {
    BITLOOM_HLS(INLINE)
    const ap_fixed<7, 7> v_first = bitloom::from_bits<ap_fixed<7, 7>>(in0);
    const ap_fixed<16, 8> t1 = bitloom::shift_add<ap_fixed<16, 8>>(v_first, norm_scale_digits[row][lane], norm_scale[row][lane]);
    const ap_fixed<16, 8> t2 = t1 + bitloom::from_raw<ap_fixed<10, 2>>(norm_bias[row][lane]);
    const ap_fixed<12, 6, AP_RND, AP_SAT> v_norm = t2;
    BITLOOM_TAP("norm", bitloom::to_bits(v_norm), SIGNED)
    const ap_fixed<18, 4> t4 = bitloom::shift_add<ap_fixed<18, 4>>(v_norm, bent_slope_digits, 40);
    const ap_fixed<20, 6> t5 = v_norm < 0 ? ap_fixed<20, 6>(t4) : ap_fixed<20, 6>(v_norm);
    const ap_fixed<12, 6, AP_RND, AP_SAT> v_bent = t5;
    return bitloom::to_bits(v_bent);
  }
};

}  // namespace of_bent

void stage_bent(hls::stream<ap_uint<7>>& in0, hls::stream<ap_uint<12>>& out, const int frames) {
#ifdef __SYNTHESIS__
#pragma HLS ARRAY_PARTITION variable = norm_scale_digits complete dim = 2
#pragma HLS ARRAY_PARTITION variable = norm_scale_digits complete dim = 3
#pragma HLS ARRAY_PARTITION variable = norm_scale complete dim = 2
#pragma HLS ARRAY_PARTITION variable = norm_bias complete dim = 2
#pragma HLS ARRAY_PARTITION variable = bent_slope_digits complete dim = 1
#endif
  using namespace of_bent;
  int row = 0;
frames:
  for (int frame = 0; frame < frames; frame++) {
  beats:
    for (int beat = 0; beat < shape::beats; beat++) {
      BITLOOM_HLS(PIPELINE II=1)
      const ap_uint<7> beat0 = in0.read();
      ap_uint<shape::lanes * shape::out_bits> result = 0;
    lanes:
      for (int lane = 0; lane < shape::lanes; lane++) {
        BITLOOM_HLS(UNROLL)
        bitloom::set_lane<shape::out_bits>(result, lane, unit::element(bitloom::lane<7>(beat0, lane), row, lane));
      }
      out.write(result);
      row = row == shape::rows - 1 ? 0 : row + 1;
    }
  }
}
