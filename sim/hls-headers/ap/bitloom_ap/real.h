#pragma once
#include "quantize.h"

// Between limbs and double.
namespace bitloom_ap {

/// Limbs in which `quantize` casts a `FromW`-bit value with `FromF` fraction bits to W bits with F.
constexpr int quantize_limbs(int from_width, bool from_signed, int from_fraction, int W, int F, bool S, ap_q_mode Q) {
  const bool may_carry = Q != AP_TRN && Q != AP_TRN_ZERO && from_fraction > F;
  const int source = from_width + (from_signed ? 0 : 1) + (may_carry ? 1 : 0) + max_of(0, F - from_fraction);
  return limbs_for(max_of(source, W + (S ? 0 : 1)));
}

/// Casts a double exactly as if it were a number of unlimited width; an infinity or NaN counts as beyond every limit.
template <int W, int F, bool S, ap_q_mode Q, ap_o_mode O, int K>
constexpr Limbs<limbs_for(W)> quantize_real(double x) {
  constexpr int N = limbs_for(W + 64);
  const Word bits = __builtin_bit_cast(Word, x);
  const int biased = static_cast<int>(bits >> 52 & 0x7ff);
  const Word magnitude = (bits & ones(52)) | (biased != 0 ? Word(1) << 52 : 0);
  const Limbs<N> value = from_native<N>(bits >> 63 != 0 ? -SignedWord(magnitude) : SignedWord(magnitude));
  // Shifting further left than W + 1 changes neither the low W bits nor the fact of the overflow.
  const int fraction = max_of(1075 - max_of(biased, 1), F - W - 1);
  return quantize<W, F, S, Q, O, K>(value, fraction);
}

constexpr double power_of_two(int exponent) {
  double r = 1;
  for (int i = 0; i < exponent; ++i) r *= 2;
  for (int i = 0; i > exponent; --i) r /= 2;
  return r;
}

inline double scaled(double x, int exponent) { return __builtin_ldexp(x, exponent); }
inline float scaled(float x, int exponent) { return __builtin_ldexpf(x, exponent); }

/// The nearest float or double, ties to even.
template <class Real, int F, int N>
constexpr Real to_real(const Limbs<N>& x) {
  const bool negative = is_negative(x);
  const Limbs<N> magnitude = negative ? negate(x) : x;
  int top = N - 1;
  while (top > 0 && magnitude.at[top] == 0) --top;
  // 64 leading bits hold more than a double's 53; the last one also says whether any bit below is set.
  const int shift = top == 0 ? 0 : 64 * (top + 1) - __builtin_clzll(magnitude.at[top]) - 64;
  Word head = get_field<1>(magnitude, shift, 64).at[0];
  if (shift > 0 && !is_zero(bit_and(magnitude, low_ones<N>(shift)))) head |= 1;
  const Real value = static_cast<Real>(head);
  constexpr bool ordinary = F > -60 && F < 60;
  constexpr Real scale = static_cast<Real>(power_of_two(ordinary ? -F : 0));
  const Real result = ordinary && shift == 0 ? value * scale : scaled(value, shift - F);
  return negative ? -result : result;
}

template <class Real, int F>
constexpr Real to_real(const Limbs<1>& x) {
  constexpr bool ordinary = F > -60 && F < 60;
  constexpr Real scale = static_cast<Real>(power_of_two(ordinary ? -F : 0));
  const Real value = static_cast<Real>(static_cast<SignedWord>(x.at[0]));
  return ordinary ? value * scale : scaled(value, -F);
}

}  // namespace bitloom_ap
