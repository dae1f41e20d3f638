#pragma once
#include "arithmetic.h"

// Shifts, which keep the operand's type and drop what leaves it (a negative count shifts the other way), and unary operators.
namespace bitloom_ap {

template <class T>
using NumberOf = std::conditional_t<Operand<T>::kind == Kind::range, IntType<Operand<T>::width, false>, T>;

template <class A, class B>
using Shifted = std::enable_if_t<Operand<A>::is_number && Operand<B>::is_operand && Operand<B>::kind != Kind::fixed, NumberOf<A>>;

/// The count within -limit .. limit, beyond which nothing more happens.
template <class T>
constexpr int shift_count(const T& count, int limit) {
  constexpr int M = Operand<T>::signed_limbs;
  const Limbs<M> x = read<M>(count);
  const Limbs<M> bound = from_native<M>(limit);
  if (less(bound, x)) return limit;
  if (less(x, negate(bound))) return -limit;
  return static_cast<int>(static_cast<SignedWord>(x.at[0]));
}

template <class A>
constexpr NumberOf<A> shifted_left(const A& a, int count) {
  using R = NumberOf<A>;
  // An unsigned number fills its limbs, so its sign is not its top bit.
  const Limbs<R::limbs> x = read<R::limbs>(a);
  R r;
  r.write(count >= 0 ? shift_left(x, count) : shift_right(x, -count, Operand<A>::is_signed && is_negative(x)));
  return r;
}

template <class A, class B, class R = Shifted<A, B>>
constexpr R operator<<(A a, B count) {
  return shifted_left(a, shift_count(count, Operand<A>::width));
}
template <class A, class B, class R = Shifted<A, B>>
constexpr R operator>>(A a, B count) {
  return shifted_left(a, -shift_count(count, Operand<A>::width));
}

template <class T>
using IfNumber = std::enable_if_t<Operand<T>::kind == Kind::integer || Operand<T>::kind == Kind::fixed, int>;

template <class A, IfNumber<A> = 0>
constexpr A operator+(A a) {
  return a;
}

template <class A, IfNumber<A> = 0, class X = Operand<A>,
          class R = typename ResultOf<X::kind == Kind::fixed, X::width + 1, X::integer + 1, true>::type>
constexpr R operator-(A a) {
  return exactly<R>(negate(read<R::limbs>(a)));
}

template <class A, IfNumber<A> = 0>
constexpr A operator~(A a) {
  a.write(invert(a.read()));
  return a;
}

}  // namespace bitloom_ap
