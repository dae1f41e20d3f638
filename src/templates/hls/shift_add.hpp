/// Products with stored numbers, without a multiplier.
#ifndef BITLOOM_SHIFT_ADD_HPP
#define BITLOOM_SHIFT_ADD_HPP

#include "bits.hpp"

namespace bitloom {

/// The raw integer of a number, as wide as the number.
template <int W, int I, ap_q_mode Q, ap_o_mode O, int N>
inline ap_int<W> raw(const ap_fixed<W, I, Q, O, N>& value) {
  BITLOOM_HLS(INLINE)
  return ap_int<W>(to_bits(value));
}

template <int W, int I, ap_q_mode Q, ap_o_mode O, int N>
inline ap_uint<W> raw(const ap_ufixed<W, I, Q, O, N>& value) {
  BITLOOM_HLS(INLINE)
  return to_bits(value);
}

/// A word for sums of W bits, modulo 2^W or more: a simulator is fastest with the machine's own.
template <int W, bool NATIVE>
struct sum_word {
  typedef ap_int<W> type;
};

#ifndef __SYNTHESIS__
template <int W>
struct sum_word<W, true> {
  typedef uint64_t type;
};
#endif

/// x * w exactly, where w is the sum of the signed powers of two that `digits` lists: the low seven bits of a digit hold its
/// exponent plus one, or 0 for no digit; bit 7 is set where it is subtracted. PRODUCT holds every product; its fraction is
/// that of x plus that of w.
template <class PRODUCT, class X, int TERMS>
inline PRODUCT shift_add(const X& x, const uint8_t (&digits)[TERMS]) {
  BITLOOM_HLS(INLINE)
  typedef typename sum_word<PRODUCT::width, (PRODUCT::width <= 64)>::type word;
  const word multiplicand = raw(x);
  word sum = 0;
terms:
  for (int i = 0; i < TERMS; i++) {
    BITLOOM_HLS(UNROLL)
    const int exponent = (digits[i] & 127) - 1;
    const word term = exponent < 0 || exponent >= PRODUCT::width ? word(0) : word(multiplicand << exponent);
    sum = digits[i] & 128 ? word(sum - term) : word(sum + term);
  }
  return from_bits<PRODUCT>(ap_uint<PRODUCT::width>(sum));
}

}  // namespace bitloom

#endif
