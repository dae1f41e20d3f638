#pragma once
#include "bits.h"
#include "concat.h"
#include "real.h"
#include "text.h"

namespace bitloom_ap {

template <class T>
using IfConvertible = std::enable_if_t<Operand<T>::is_operand || Operand<T>::kind == Kind::real, int>;

/// Casts any operand or double to W bits with F fraction bits.
template <int W, int F, bool S, ap_q_mode Q, ap_o_mode O, int K, class T,
          std::enable_if_t<Operand<T>::is_operand, int> = 0>
constexpr Limbs<limbs_for(W)> cast_from(const T& x) {
  using From = Operand<T>;
  return quantize<W, F, S, Q, O, K>(
      read<quantize_limbs(From::width, From::is_signed, From::fraction, W, F, S, Q)>(x), From::fraction);
}
template <int W, int F, bool S, ap_q_mode Q, ap_o_mode O, int K, class T,
          std::enable_if_t<Operand<T>::kind == Kind::real, int> = 0>
constexpr Limbs<limbs_for(W)> cast_from(T x) {
  return quantize_real<W, F, S, Q, O, K>(static_cast<double>(x));
}

/// Integer of W bits that wraps; the base of ap_int and ap_uint. UG1399 "C++ Arbitrary Precision Integer Types".
template <int W, bool S>
class Int : public Bits<W, S> {
 public:
  constexpr Int() = default;
  /// Keeps the low bits of an integer; a fixed-point or floating-point number first loses its fraction, toward zero.
  template <class T, IfConvertible<T> = 0>
  constexpr Int(T x) {
    this->write(cast_from<W, 0, S, AP_TRN_ZERO, AP_WRAP, 0>(x));
  }
  Int(const char* text, int radix = 0) { this->write(parse_integer<limbs_for(W)>(text, radix)); }

  /// Native integers above 64 bits do not exist, so wider numbers give their low 64.
  constexpr operator Native<W, S>() const { return static_cast<Native<W, S>>(word()); }
  constexpr explicit operator bool() const { return this->or_reduce(); }

  constexpr bool to_bool() const { return this->or_reduce(); }
  constexpr char to_char() const { return static_cast<char>(word()); }
  constexpr signed char to_schar() const { return static_cast<signed char>(word()); }
  constexpr unsigned char to_uchar() const { return static_cast<unsigned char>(word()); }
  constexpr short to_short() const { return static_cast<short>(word()); }
  constexpr unsigned short to_ushort() const { return static_cast<unsigned short>(word()); }
  constexpr int to_int() const { return static_cast<int>(word()); }
  constexpr unsigned to_uint() const { return static_cast<unsigned>(word()); }
  constexpr long to_long() const { return static_cast<long>(word()); }
  constexpr unsigned long to_ulong() const { return word(); }
  constexpr long long to_int64() const { return static_cast<long long>(word()); }
  constexpr unsigned long long to_uint64() const { return word(); }
  constexpr double to_double() const { return to_real<double, 0>(exact()); }
  constexpr float to_float() const { return to_real<float, 0>(exact()); }

  /// Digits in radix 2, 8, 10 or 16, after 0b, 0o or 0x. UG1399 "Class Methods to Convert to String".
  std::string to_string(int radix = 2, bool is_signed = S) const {
    return format_integer<W>(exact(), radix, is_signed);
  }

  template <class T>
  constexpr Concat<Int&, Held<T>> concat(T&& low) {
    return {*this, static_cast<Held<T>>(low)};
  }
  template <class T>
  constexpr Concat<const Int&, Held<T>> concat(T&& low) const {
    return {*this, static_cast<Held<T>>(low)};
  }

  /// Reverses the order of the bits in place.
  constexpr Int& reverse() {
    *this = Int(this->range(0, W - 1));
    return *this;
  }
  constexpr void b_not() { this->write(bitloom_ap::invert(this->read())); }
  constexpr void lrotate(int count) {
    const Limbs<limbs_for(W)> x = fit<W, false>(this->read());
    this->write(bit_or(shift_left(x, count), shift_right(x, W - count, false)));
  }
  constexpr void rrotate(int count) { lrotate(W - count); }

 private:
  constexpr Word word() const { return this->template read<1>().at[0]; }
  constexpr Limbs<limbs_for(W + 1)> exact() const { return this->template read<limbs_for(W + 1)>(); }
};

}  // namespace bitloom_ap
