// pooled (max-pool); output 4x2x2 of 12 bits, folding pe 1, simd 1
#ifndef STAGE_pooled_HPP
#define STAGE_pooled_HPP

#include "../ap_width.hpp"

#include <hls_stream.h>

#include <ap_int.h>

void stage_pooled(hls::stream<ap_uint<48>>& in0, hls::stream<ap_uint<12>>& out, const int frames);

#endif
