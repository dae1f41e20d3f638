#pragma once
#include <cstdio>
#include <cstdlib>

#include "limbs_shift.h"

// Division of limbs, rounding toward zero as C does.
namespace bitloom_ap {

template <int N>
struct Division {
  Limbs<N> quotient;
  Limbs<N> remainder;
};

[[noreturn]] inline void stop(const char* message) {
  std::fprintf(stderr, "error: %s\n", message);
  std::abort();
}

/// Shift and subtract: slow, but nobody divides numbers above 128 bits in a loop.
template <int N>
constexpr Division<N> divide_unsigned(const Limbs<N>& a, const Limbs<N>& b) {
  Division<N> d{};
  for (int i = 64 * N - 1; i >= 0; --i) {
    const bool carry = is_negative(d.remainder);
    d.remainder = shift_left(d.remainder, 1);
    put_bit(d.remainder, 0, bit_at(a, i));
    bool fits = true;
    for (int k = 0; k < N; ++k)
      if (d.remainder.at[k] != b.at[k]) fits = d.remainder.at[k] > b.at[k];
    if (carry || fits) {
      d.remainder = subtract(d.remainder, b);
      put_bit(d.quotient, i, true);
    }
  }
  return d;
}

constexpr Division<1> divide_unsigned(Limbs<1> a, Limbs<1> b) {
  return {{{a.at[0] / b.at[0]}}, {{a.at[0] % b.at[0]}}};
}

constexpr Division<2> divide_unsigned(Limbs<2> a, Limbs<2> b) {
  const DoubleWord x = DoubleWord(a.at[1]) << 64 | a.at[0], y = DoubleWord(b.at[1]) << 64 | b.at[0];
  const DoubleWord q = x / y, r = x % y;
  return {{{static_cast<Word>(q), static_cast<Word>(q >> 64)}}, {{static_cast<Word>(r), static_cast<Word>(r >> 64)}}};
}

template <int N>
constexpr Limbs<N> magnitude(const Limbs<N>& x) {
  return is_negative(x) ? negate(x) : x;
}

/// Signed division; the remainder has the sign of `a`.
template <int N>
constexpr Division<N> divide(const Limbs<N>& a, const Limbs<N>& b) {
  if (is_zero(b)) stop("division by zero of an arbitrary precision number");
  Division<N> d = divide_unsigned(magnitude(a), magnitude(b));
  if (is_negative(a) != is_negative(b)) d.quotient = negate(d.quotient);
  if (is_negative(a)) d.remainder = negate(d.remainder);
  return d;
}

}  // namespace bitloom_ap
