#pragma once
#include <utility>

#include "limbs_shift.h"
#include "operand.h"

namespace bitloom_ap {

constexpr int length_of(bool) { return 1; }
template <class T, std::enable_if_t<Operand<T>::kind == Kind::native, int> = 0>
constexpr int length_of(const T&) {
  return Operand<T>::width;
}
template <class T, std::enable_if_t<Operand<T>::is_part, int> = 0>
constexpr int length_of(const T& x) {
  return x.length();
}

/// `a` above `b`, UG1399 "Concatenation". A and B are references to lvalue numbers, everything else is held by value.
template <class A, class B>
class Concat {
 public:
  static constexpr int width = Operand<A>::width + Operand<B>::width;
  constexpr Concat(A a, B b) : a_(a), b_(b) {}
  constexpr Concat(const Concat&) = default;

  constexpr int length() const { return length_of(a_) + length_of(b_); }
  constexpr operator unsigned long long() const { return this->template read<1>().at[0]; }

  template <class T, std::enable_if_t<Operand<T>::is_operand, int> = 0>
  constexpr Concat& operator=(const T& value) {
    write(bitloom_ap::read<max_of(Operand<T>::signed_limbs, limbs_for(width))>(value));
    return *this;
  }
  constexpr Concat& operator=(const Concat& other) {
    write(other.template read<limbs_for(width)>());
    return *this;
  }

  template <int M>
  constexpr Limbs<M> read() const {
    Limbs<limbs_for(width)> x{};
    put_field(x, 0, length_of(b_), bitloom_ap::read<Operand<B>::signed_limbs>(b_));
    put_field(x, length_of(b_), length_of(a_), bitloom_ap::read<Operand<A>::signed_limbs>(a_));
    return resize<M>(x, false);
  }
  template <int M>
  constexpr void write(const Limbs<M>& value) {
    b_.write(get_field<limbs_for(Operand<B>::width)>(value, 0, length_of(b_)));
    a_.write(get_field<limbs_for(Operand<A>::width)>(value, length_of(b_), length_of(a_)));
  }

 private:
  A a_;
  B b_;
};

/// Lvalue numbers are written through a Concat, so it refers to them; references and natives are copied.
template <class T>
using Held = std::conditional_t<std::is_lvalue_reference<T>::value && Operand<T>::kind == Kind::integer, T, std::decay_t<T>>;

template <class A, class B>
using ConcatOf = std::enable_if_t<(Operand<A>::is_part && (Operand<B>::is_part || Operand<B>::kind == Kind::native)) ||
                                      (Operand<A>::kind == Kind::native && Operand<B>::is_part),
                                  Concat<Held<A>, Held<B>>>;

template <class A, class B>
constexpr ConcatOf<A, B> operator,(A&& a, B&& b) {
  return {static_cast<Held<A>>(a), static_cast<Held<B>>(b)};
}

}  // namespace bitloom_ap
