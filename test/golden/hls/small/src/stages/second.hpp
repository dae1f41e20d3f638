// second (conv2d); output 4x5x5 of 12 bits, folding pe 2, simd 1
#ifndef STAGE_second_HPP
#define STAGE_second_HPP

#include "../ap_width.hpp"

#include <hls_stream.h>

#include <ap_int.h>

void stage_second(hls::stream<ap_uint<48>>& in0, hls::stream<ap_uint<24>>& out, const int frames);

#endif
