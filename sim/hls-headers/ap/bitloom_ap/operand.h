#pragma once
#include <type_traits>

#include "declare.h"
#include "limbs.h"

// What an operator may take: every operand has a format (width, integer bits, sign) and can be read as limbs.
// So each operator is written once, for native integers, ap_int, ap_fixed and their bit, range and concatenation references.
namespace bitloom_ap {

enum class Kind { none, native, real, bit, range, concat, integer, fixed };

template <Kind K, int W, int I, bool S>
struct Format {
  static constexpr Kind kind = K;
  static constexpr int width = W, integer = I, fraction = W - I;
  static constexpr bool is_signed = S;
  static constexpr bool is_number = K == Kind::range || K == Kind::integer || K == Kind::fixed;
  static constexpr bool is_part = K == Kind::bit || K == Kind::range || K == Kind::concat || K == Kind::integer;
  static constexpr bool is_operand = is_number || is_part || K == Kind::native;
  /// Limbs that hold any value of the format together with a sign.
  static constexpr int signed_limbs = limbs_for(W + (S ? 0 : 1));
};

Format<Kind::none, 1, 1, false> format_of(const volatile void*);
template <int W, bool S>
Format<Kind::integer, W, W, S> format_of(const Int<W, S>*);
template <int W, int I, bool S, ap_q_mode Q, ap_o_mode O, int N>
Format<Kind::fixed, W, I, S> format_of(const Fixed<W, I, S, Q, O, N>*);
template <class B>
Format<Kind::bit, 1, 1, false> format_of(const BitRef<B>*);
template <class B>
Format<Kind::range, B::width, B::width, false> format_of(const RangeRef<B>*);
template <class A, class B>
Format<Kind::concat, Concat<A, B>::width, Concat<A, B>::width, false> format_of(const Concat<A, B>*);

template <class T, bool Integral = std::is_integral<T>::value, bool Enum = std::is_enum<T>::value,
          bool Real = std::is_floating_point<T>::value>
struct OperandOf : decltype(format_of(static_cast<T*>(nullptr))) {};

template <class T>
struct OperandOf<T, true, false, false>
    : Format<Kind::native, 8 * int(sizeof(T)), 8 * int(sizeof(T)), std::is_signed<T>::value> {};
template <>
struct OperandOf<bool, true, false, false> : Format<Kind::native, 1, 1, false> {};
// An unscoped enumeration takes part as the int that it converts to.
template <class T>
struct OperandOf<T, false, true, false>
    : Format<std::is_convertible<T, int>::value ? Kind::native : Kind::none, 32, 32, true> {};
template <class T>
struct OperandOf<T, false, false, true> : Format<Kind::real, 64, 64, true> {};

template <class T>
using Operand = OperandOf<std::remove_cv_t<std::remove_reference_t<T>>>;

/// The operand's raw value in M limbs, extended by its sign.
template <int M, class T, std::enable_if_t<Operand<T>::kind == Kind::native && !std::is_enum<T>::value, int> = 0>
constexpr Limbs<M> read(const T& x) {
  return from_native<M>(x);
}
template <int M, class T, std::enable_if_t<std::is_enum<T>::value, int> = 0>
constexpr Limbs<M> read(const T& x) {
  return from_native<M>(static_cast<int>(x));
}
template <int M, class T, std::enable_if_t<Operand<T>::is_operand && Operand<T>::kind != Kind::native, int> = 0>
constexpr Limbs<M> read(const T& x) {
  return x.template read<M>();
}

}  // namespace bitloom_ap
