#pragma once
#include "declare.h"
#include "limbs_shift.h"

// The cast: rounding first, overflow second. `sim/vectors/cast.csv` is its test in every language.
namespace bitloom_ap {

/// floor(x / 2^shift), or one more, as the mode says; `shift` >= 1. UG1399 "Quantization Modes".
template <ap_q_mode Q, int N>
constexpr Limbs<N> round_right(const Limbs<N>& x, int shift) {
  const Limbs<N> floor = shift_right(x, shift);
  if (Q == AP_TRN) return floor;
  // More than one spare bit above x is never needed: so far down the first lost bit is the sign, the rest decides nothing.
  const int last = min_of(shift, 64 * N) - 1;
  const bool half = bit_at(x, last);
  const bool rest = !is_zero(bit_and(x, low_ones<N>(last)));
  const bool negative = is_negative(x);
  const bool up = Q == AP_TRN_ZERO       ? negative && (half || rest)
                  : Q == AP_RND          ? half
                  : Q == AP_RND_ZERO     ? half && (rest || negative)
                  : Q == AP_RND_MIN_INF  ? half && rest
                  : Q == AP_RND_INF      ? half && (rest || !negative)
                  : /* AP_RND_CONV */ half && (rest || (floor.at[0] & 1) != 0);
  return add(floor, from_native<N>(up));
}

template <int W, bool S, int N>
constexpr Limbs<N> highest() {
  return low_ones<N>(S ? W - 1 : W);
}
template <int W, bool S, int N>
constexpr Limbs<N> lowest() {
  return S ? invert(low_ones<N>(W - 1)) : Limbs<N>{};
}

/// The wrapped value whose top `K` bits were saturated: the sign, then its opposite. UG1399 "Overflow Modes", parameter N.
template <int W, bool S, int K, int N>
constexpr Limbs<N> wrap_saturated(const Limbs<N>& x, bool negative) {
  Limbs<N> r = x;
  for (int i = W - K; i < W; ++i) put_bit(r, i, !S || !negative);
  if (S) put_bit(r, W - 1, negative);
  return r;
}

/// AP_WRAP_SM: the sign becomes the lowest deleted bit (K = 0) or stays (K > 0); where that contradicts the bit that the
/// value has there, the remaining bits are mirrored.
template <int W, int K, int N>
constexpr Limbs<N> wrap_mirrored(const Limbs<N>& x, bool negative, bool deleted) {
  if (K == 0) return bit_at(x, W - 1) == deleted ? x : invert(x);
  const Limbs<N> r = wrap_saturated<W, true, K>(x, negative);
  return bit_at(r, W - K) == bit_at(x, W - K) ? r : bit_xor(r, low_ones<N>(W - K));
}

/// `x`, a signed value with bits to spare, brought into W bits; only the low W bits of the result count.
/// `deleted` is bit W of the value before rounding (AP_WRAP_SM looks at that one).
template <int W, bool S, ap_o_mode O, int K, int N>
constexpr Limbs<N> confine(const Limbs<N>& x, bool deleted) {
  static_assert(O != AP_WRAP_SM || S, "AP_WRAP_SM is not supported for unsigned types");
  static_assert(K >= 0 && K <= W, "the number of saturated bits is at most the width");
  if (O == AP_WRAP && K == 0) return x;
  const bool above = less(highest<W, S, N>(), x);
  // A single signed bit has no negative value but -1, so AP_SAT_SYM leaves it.
  const bool below = O == AP_SAT_SYM && S && W > 1 ? !less(lowest<W, S, N>(), x) : less(x, lowest<W, S, N>());
  if (!above && !below) return x;
  if (O == AP_SAT) return above ? highest<W, S, N>() : lowest<W, S, N>();
  if (O == AP_SAT_ZERO) return Limbs<N>{};
  if (O == AP_SAT_SYM)
    return above ? highest<W, S, N>() : S && W > 1 ? negate(highest<W, S, N>()) : lowest<W, S, N>();
  if (O == AP_WRAP) return wrap_saturated<W, S, K>(x, below);
  return wrap_mirrored<W, K>(x, below, deleted);
}

/// Casts a raw value with `from_fraction` fraction bits. N limbs must hold the value, one bit more, and the target's limits.
template <int W, int F, bool S, ap_q_mode Q, ap_o_mode O, int K, int N>
constexpr Limbs<limbs_for(W)> quantize(const Limbs<N>& x, int from_fraction) {
  const int drop = from_fraction - F;
  const Limbs<N> floor = drop > 0 ? shift_right(x, drop) : shift_left(x, -drop);
  const bool deleted = O == AP_WRAP_SM && (W < 64 * N ? bit_at(floor, min_of(W, 64 * N - 1)) : is_negative(floor));
  const Limbs<N> rounded = drop > 0 ? round_right<Q>(x, drop) : floor;
  return resize<limbs_for(W)>(confine<W, S, O, K>(rounded, deleted), false);
}

}  // namespace bitloom_ap
