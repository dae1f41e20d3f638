// joined (add); output 4x5x5 of 12 bits, folding pe 1, simd 1
#ifndef STAGE_joined_HPP
#define STAGE_joined_HPP

#include "../ap_width.hpp"

#include <hls_stream.h>

#include <ap_int.h>

void stage_joined(hls::stream<ap_uint<12>>& in0, hls::stream<ap_uint<12>>& in1, hls::stream<ap_uint<12>>& out, const int frames);

#endif
