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

/// x * w exactly, where w is the sum of the signed powers of two that `digits` lists: the low seven bits of a digit hold its
/// exponent plus one, or 0 for no digit; bit 7 is set where it is subtracted. PRODUCT holds every product; its fraction is
/// that of x plus that of w.
template <class PRODUCT, class X, int TERMS>
inline PRODUCT sum_of_shifts(const X& x, const uint8_t (&digits)[TERMS]) {
  BITLOOM_HLS(INLINE)
  const ap_int<PRODUCT::width> multiplicand = raw(x);
  ap_int<PRODUCT::width> sum = 0;
terms:
  for (int i = 0; i < TERMS; i++) {
    BITLOOM_HLS(UNROLL)
    // Unsigned: HLS builds a shift by a signed number for both directions.
    const unsigned exponent = (digits[i] & 127u) - 1u;
    if (exponent >= unsigned(PRODUCT::width)) continue;
    const ap_int<PRODUCT::width> term = multiplicand << exponent;
    sum = digits[i] & 128 ? ap_int<PRODUCT::width>(sum - term) : ap_int<PRODUCT::width>(sum + term);
  }
  return from_bits<PRODUCT>(ap_uint<PRODUCT::width>(sum));
}

template <bool NATIVE>
struct product_form {
  template <class PRODUCT, class X, int TERMS>
  static PRODUCT of(const X& x, const uint8_t (&digits)[TERMS], const int64_t) {
    BITLOOM_HLS(INLINE)
    return sum_of_shifts<PRODUCT>(x, digits);
  }
};

#ifndef BITLOOM_AS_SYNTHESIZED
/// A CPU has a multiplier.
template <>
struct product_form<true> {
  template <class PRODUCT, class X, int TERMS>
  static PRODUCT of(const X& x, const uint8_t (&)[TERMS], const int64_t factor) {
    return from_raw<PRODUCT>(static_cast<int64_t>(static_cast<uint64_t>(raw(x)) * static_cast<uint64_t>(factor)));
  }
};
#endif

/// x * w for a weight with these digits; `factor` is its raw.
template <class PRODUCT, class X, int TERMS>
inline PRODUCT shift_add(const X& x, const uint8_t (&digits)[TERMS], const int64_t factor) {
  BITLOOM_HLS(INLINE)
  return product_form<(PRODUCT::width <= 64)>::template of<PRODUCT>(x, digits, factor);
}

}  // namespace bitloom

#endif
