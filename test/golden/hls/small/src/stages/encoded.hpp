// encoded (thermometer); output 4x5x5 of 1 bits, folding pe 4, simd 1
#ifndef STAGE_encoded_HPP
#define STAGE_encoded_HPP

#include "../ap_width.hpp"

#include <hls_stream.h>

#include <ap_int.h>

void stage_encoded(hls::stream<ap_uint<8>>& in0, hls::stream<ap_uint<4>>& out, const int frames);

#endif
