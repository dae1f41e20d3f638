// encoded (thermometer); output 4x5x5 of 1 bits, folding pe 4, simd 1
#include "encoded.hpp"

#include "../kernels/thermometer.hpp"
#include "encoded_parameters.hpp"

namespace of_encoded {

struct shape {
  static const int beats = 25;
  static const int lanes = 1;
  static const int bits = 8;
  static const int levels = 4;
};

}  // namespace of_encoded

void stage_encoded(hls::stream<ap_uint<8>>& in0, hls::stream<ap_uint<4>>& out, const int frames) {
#ifdef __SYNTHESIS__
#pragma HLS ARRAY_PARTITION variable = encoded_cuts complete dim = 1
#endif
  using namespace of_encoded;
  bitloom::thermometer<shape>(in0, out, encoded_cuts, frames);
}
