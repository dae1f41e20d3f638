// scores (dense); output 3x1x1 of 17 bits, folding pe 1, simd 1
#ifndef STAGE_scores_HPP
#define STAGE_scores_HPP

#include "../ap_width.hpp"

#include <hls_stream.h>

#include <ap_int.h>

void stage_scores(hls::stream<ap_uint<12>>& in0, hls::stream<ap_uint<17>>& out, const int frames);

#endif
