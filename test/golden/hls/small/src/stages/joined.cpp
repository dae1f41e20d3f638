// joined (add); output 4x5x5 of 12 bits, folding pe 1, simd 1
#include "joined.hpp"

#include "../kernels/elementwise.hpp"
#include "../kernels/tap.hpp"

namespace of_joined {

struct shape {
  static const int beats = 100;
  static const int rows = 4;
  static const int lanes = 1;
  static const int out_bits = 12;
};

struct unit {
  static ap_uint<shape::out_bits> element(const ap_uint<12>& in0, const ap_uint<12>& in1, const int, const int) {
    BITLOOM_HLS(INLINE)
    const ap_fixed<12, 6> v_bent = bitloom::from_bits<ap_fixed<12, 6>>(in0);
    const ap_fixed<12, 6> v_second = bitloom::from_bits<ap_fixed<12, 6>>(in1);
    const ap_fixed<13, 7> t1 = v_bent + v_second;
    const ap_fixed<12, 6, AP_RND, AP_SAT> v_joined = t1;
    return bitloom::to_bits(v_joined);
  }
};

}  // namespace of_joined

void stage_joined(hls::stream<ap_uint<12>>& in0, hls::stream<ap_uint<12>>& in1, hls::stream<ap_uint<12>>& out, const int frames) {
  using namespace of_joined;
  int row = 0;
frames:
  for (int frame = 0; frame < frames; frame++) {
  beats:
    for (int beat = 0; beat < shape::beats; beat++) {
      BITLOOM_HLS(PIPELINE II=1)
      const ap_uint<12> beat0 = in0.read();
      const ap_uint<12> beat1 = in1.read();
      ap_uint<shape::lanes * shape::out_bits> result = 0;
    lanes:
      for (int lane = 0; lane < shape::lanes; lane++) {
        BITLOOM_HLS(UNROLL)
        bitloom::set_lane<shape::out_bits>(result, lane, unit::element(bitloom::lane<12>(beat0, lane), bitloom::lane<12>(beat1, lane), row, lane));
      }
      out.write(result);
      row = row == shape::rows - 1 ? 0 : row + 1;
    }
  }
}
