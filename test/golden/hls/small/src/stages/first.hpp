// first (conv2d); output 4x5x5 of 7 bits, folding pe 1, simd 36
#ifndef STAGE_first_HPP
#define STAGE_first_HPP

#include "../ap_width.hpp"

#include <hls_stream.h>

#include <ap_int.h>

void stage_first(hls::stream<ap_uint<4>>& in0, hls::stream<ap_uint<7>>& out, const int frames);

#endif
