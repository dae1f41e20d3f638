// Constants of encoded.
#ifndef STAGE_encoded_PARAMETERS_HPP
#define STAGE_encoded_PARAMETERS_HPP

#include <stdint.h>

/// smallest input that reaches each level
static const uint64_t encoded_cuts[4] = {0x21ULL, 0x60ULL, 0xa1ULL, 0xe0ULL};

#endif
