// Constants of bent.
#ifndef STAGE_bent_PARAMETERS_HPP
#define STAGE_bent_PARAMETERS_HPP

#include <stdint.h>

/// signed digits for shift_add
static const uint8_t norm_scale_digits[4][1][4] = {{{0x2, 0x84, 0x86, 0x9}},
{{0x2, 0x5, 0x7, 0x9}},
{{0x2, 0x4, 0x8, 0x0}},
{{0x82, 0x8, 0x8a, 0x0}}};

/// raws of ap_fixed<10, 2>
static const int16_t norm_scale[4][1] = {{218},
{338},
{138},
{-386}};

/// raws of ap_fixed<10, 2>
static const int16_t norm_bias[4][1] = {{501},
{-106},
{-38},
{-350}};

/// signed digits for shift_add
static const uint8_t bent_slope_digits[2] = {0x4, 0x6};

#endif
