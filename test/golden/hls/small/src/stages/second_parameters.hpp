// Constants of second.
#ifndef STAGE_second_PARAMETERS_HPP
#define STAGE_second_PARAMETERS_HPP

#include <stdint.h>

/// weights by lane and row * 2 + fold, 30 bits each, 1 to a row of words
static const uint32_t second_weights[2][4][1] = {{{0x38d11},
{0x38d94cb0},
{0x5d5cf0},
{0x395b0}},
{{0x18db4cb0},
{0xdd2},
{0x676490},
{0x6364f0}}};

/// bias, raws of ap_fixed<12, 6>
static const uint8_t second_start[2][2] = {{0x0, 0x0},
{0x0, 0x0}};

#endif
