// norm (affine), bent (prelu); output 4x5x5 of 12 bits, folding pe 1, simd 1
#ifndef STAGE_bent_HPP
#define STAGE_bent_HPP

#include "../ap_width.hpp"

#include <hls_stream.h>

#include <ap_int.h>

void stage_bent(hls::stream<ap_uint<7>>& in0, hls::stream<ap_uint<12>>& out, const int frames);

#endif
