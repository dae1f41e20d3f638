#pragma once
#include "bits.h"
#include "limbs_divide.h"

// Binary operators. Results are wide enough to be exact (quotients: exact toward zero), with the result types of AMD's library,
// UG1399 "Binary Arithmetic Operators" and "Bitwise Logical Operators".
namespace bitloom_ap {

template <bool IsFixed, int W, int I, bool S> struct ResultOf { using type = FixedType<W, I, S>; };
template <int W, int I, bool S> struct ResultOf<false, W, I, S> { using type = IntType<W, S>; };

/// Formats of the results of `a op b`; only for pairs with a number of ours among them.
template <class A, class B,
          bool = Operand<A>::is_operand && Operand<B>::is_operand && (Operand<A>::is_number || Operand<B>::is_number)>
struct Pair {};

template <class A, class B>
struct Pair<A, B, true> {
  using X = Operand<A>;
  using Y = Operand<B>;
  static constexpr bool fixed = X::kind == Kind::fixed || Y::kind == Kind::fixed;
  static constexpr bool either_signed = X::is_signed || Y::is_signed;
  static constexpr int fraction = max_of(X::fraction, Y::fraction);
  // An unsigned operand beside a signed one needs a bit for its sign.
  static constexpr int integer = max_of(X::integer + (Y::is_signed && !X::is_signed), Y::integer + (X::is_signed && !Y::is_signed));
  static constexpr int width = integer + fraction;
  static constexpr int dividend_shift = max_of(Y::fraction, 0);
  static constexpr int quotient_width = X::width + dividend_shift + Y::is_signed;

  using Sum = typename ResultOf<fixed, width + 1, integer + 1, either_signed>::type;
  using Difference = typename ResultOf<fixed, width + 1, integer + 1, true>::type;
  using Product = typename ResultOf<fixed, X::width + Y::width, X::integer + Y::integer, either_signed>::type;
  using Quotient =
      typename ResultOf<fixed, quotient_width, X::integer + Y::fraction + Y::is_signed, either_signed>::type;
  using Logic = typename ResultOf<fixed, width, integer, either_signed>::type;
  using Remainder = IntType<min_of(X::width, Y::width + (!Y::is_signed && X::is_signed)), X::is_signed>;
  /// Limbs for the division: both operands with a sign, and the dividend shifted.
  static constexpr int division_limbs =
      limbs_for(max_of(quotient_width, max_of(X::width + dividend_shift + !X::is_signed, Y::width + !Y::is_signed)));
};

/// `x` in M limbs, shifted to `F` fraction bits.
template <int M, int F, class T>
constexpr Limbs<M> aligned(const T& x) {
  return shift_left(read<M>(x), F - Operand<T>::fraction);
}

template <class R>
constexpr R exactly(const Limbs<R::limbs>& x) {
  R r;
  r.write_exact(x);
  return r;
}

// Operands are taken by value: a reference would need a definition for each static const member used as one.
template <class A, class B, class P = Pair<A, B>, class R = typename P::Sum>
constexpr R operator+(A a, B b) {
  return exactly<R>(add(aligned<R::limbs, P::fraction>(a), aligned<R::limbs, P::fraction>(b)));
}

template <class A, class B, class P = Pair<A, B>, class R = typename P::Difference>
constexpr R operator-(A a, B b) {
  return exactly<R>(subtract(aligned<R::limbs, P::fraction>(a), aligned<R::limbs, P::fraction>(b)));
}

template <class A, class B, class P = Pair<A, B>, class R = typename P::Product>
constexpr R operator*(A a, B b) {
  return exactly<R>(multiply(read<R::limbs>(a), read<R::limbs>(b)));
}

template <class A, class B, class P = Pair<A, B>, class R = typename P::Quotient>
constexpr R operator/(A a, B b) {
  constexpr int M = P::division_limbs;
  R r;
  r.write(resize<R::limbs>(divide(shift_left(read<M>(a), P::dividend_shift), read<M>(b)).quotient, false));
  return r;
}

template <class A, class B, class P = Pair<A, B>, class R = std::enable_if_t<!P::fixed, typename P::Remainder>>
constexpr R operator%(A a, B b) {
  constexpr int M = P::division_limbs;
  R r;
  r.write(resize<R::limbs>(divide(read<M>(a), read<M>(b)).remainder, false));
  return r;
}

template <class A, class B, class P = Pair<A, B>, class R = typename P::Logic>
constexpr R operator&(A a, B b) {
  return exactly<R>(bit_and(aligned<R::limbs, P::fraction>(a), aligned<R::limbs, P::fraction>(b)));
}

template <class A, class B, class P = Pair<A, B>, class R = typename P::Logic>
constexpr R operator|(A a, B b) {
  return exactly<R>(bit_or(aligned<R::limbs, P::fraction>(a), aligned<R::limbs, P::fraction>(b)));
}

template <class A, class B, class P = Pair<A, B>, class R = typename P::Logic>
constexpr R operator^(A a, B b) {
  return exactly<R>(bit_xor(aligned<R::limbs, P::fraction>(a), aligned<R::limbs, P::fraction>(b)));
}

}  // namespace bitloom_ap
