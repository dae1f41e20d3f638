// tiny: 8 nodes in 11 stages, 100 cycles per frame
#ifndef tiny_HPP
#define tiny_HPP

#include "ap_width.hpp"

#include <hls_stream.h>

#include "kernels/port.hpp"

/// Words of 64 bits per frame at the ports.
static const int tiny_input_words = 4;
static const int tiny_output_words = 2;

void tiny(const bitloom::word* input_words, bitloom::word* output_words, int frames);

#endif
