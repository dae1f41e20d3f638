#pragma once
#include "arithmetic.h"

// Comparisons, always of the exact values: an ap_int<32> of -1 is below an ap_uint<32> of 1, whatever C does with its integers.
namespace bitloom_ap {

enum class By { value, real, none };

constexpr bool is_own(Kind kind) { return kind == Kind::integer || kind == Kind::fixed; }

template <class A, class B>
constexpr By how_to_compare() {
  using X = Operand<A>;
  using Y = Operand<B>;
  if ((is_own(X::kind) && Y::kind == Kind::real) || (X::kind == Kind::real && is_own(Y::kind))) return By::real;
  return X::is_operand && Y::is_operand && (X::is_number || Y::is_number) ? By::value : By::none;
}

template <class A, class B, By = how_to_compare<A, B>()>
struct Comparison {};

template <class A, class B>
struct Comparison<A, B, By::value> {
  using P = Pair<A, B>;
  using Result = bool;
  static constexpr int M = limbs_for(P::width + (P::either_signed ? 0 : 1));
  static constexpr bool equals(const A& a, const B& b) {
    return equal(aligned<M, P::fraction>(a), aligned<M, P::fraction>(b));
  }
  static constexpr bool is_less(const A& a, const B& b) {
    return less(aligned<M, P::fraction>(a), aligned<M, P::fraction>(b));
  }
};

constexpr double as_double(double x) { return x; }
template <class T, class R = decltype(std::declval<T>().to_double())>
constexpr R as_double(const T& x) {
  return x.to_double();
}

template <class A, class B>
struct Comparison<A, B, By::real> {
  using Result = bool;
  static constexpr bool equals(const A& a, const B& b) { return as_double(a) == as_double(b); }
  static constexpr bool is_less(const A& a, const B& b) { return as_double(a) < as_double(b); }
};

template <class A, class B, class R = typename Comparison<A, B>::Result>
constexpr R operator==(A a, B b) {
  return Comparison<A, B>::equals(a, b);
}
template <class A, class B, class R = typename Comparison<A, B>::Result>
constexpr R operator!=(A a, B b) {
  return !Comparison<A, B>::equals(a, b);
}
template <class A, class B, class R = typename Comparison<A, B>::Result>
constexpr R operator<(A a, B b) {
  return Comparison<A, B>::is_less(a, b);
}
template <class A, class B, class R = typename Comparison<A, B>::Result>
constexpr R operator>(A a, B b) {
  return Comparison<B, A>::is_less(b, a);
}
// Not the negation of >: a NaN is neither.
template <class A, class B, class R = typename Comparison<A, B>::Result>
constexpr R operator<=(A a, B b) {
  return Comparison<A, B>::is_less(a, b) || Comparison<A, B>::equals(a, b);
}
template <class A, class B, class R = typename Comparison<A, B>::Result>
constexpr R operator>=(A a, B b) {
  return Comparison<B, A>::is_less(b, a) || Comparison<A, B>::equals(a, b);
}

}  // namespace bitloom_ap
