/// Averages: the exact quotient by a constant, to be rounded once.
#ifndef BITLOOM_AVERAGE_HPP
#define BITLOOM_AVERAGE_HPP

#include "shift_add.hpp"

namespace bitloom {

/// sum / DIVISOR as a number that every rounding mode treats as it would treat the exact quotient: floor(sum * 2^SHIFT /
/// DIVISOR), and one more bit that is set where anything is left over. QUOTIENT is as wide as ap_int<W + SHIFT + 2>.
/// A restoring division of the magnitude, one subtraction for each bit: no divider and no multiplier.
template <class QUOTIENT, int SHIFT, int DIVISOR, int W>
inline QUOTIENT quotient(const ap_int<W>& sum) {
  BITLOOM_HLS(INLINE)
  const int width = W + SHIFT;
  const bool negative = sum < 0;
  const ap_uint<width> magnitude = ap_uint<width>(negative ? ap_uint<W>(-sum) : ap_uint<W>(sum)) << SHIFT;
  ap_uint<bits_for(DIVISOR) + 1> rest = 0;
  ap_int<width + 1> floor = 0;
bits:
  for (int bit = width - 1; bit >= 0; bit--) {
    BITLOOM_HLS(UNROLL)
    rest = (rest << 1) | ap_uint<1>(magnitude[bit]);
    const bool fits = rest >= DIVISOR;
    if (fits) rest -= DIVISOR;
    floor = (floor << 1) | ap_uint<1>(fits);
  }
  if (negative) floor = rest == 0 ? ap_int<width + 1>(-floor) : ap_int<width + 1>(~floor);
  const ap_int<width + 2> sticky = (ap_int<width + 2>(floor) << 1) | ap_uint<1>(rest != 0);
  return from_bits<QUOTIENT>(ap_uint<width + 2>(sticky));
}

}  // namespace bitloom

#endif
