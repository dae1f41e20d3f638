#pragma once
#include "int.h"

namespace bitloom_ap {

/// raw * 2^-(W-I), the base of ap_fixed and ap_ufixed. UG1399 "C++ Arbitrary Precision Fixed-Point Types".
template <int W, int I, bool S, ap_q_mode Q, ap_o_mode O, int N>
class Fixed : public Bits<W, S> {
 public:
  static constexpr int iwidth = I;
  static constexpr ap_q_mode qmode = Q;
  static constexpr ap_o_mode omode = O;

  constexpr Fixed() = default;
  /// Every conversion rounds and overflows by this type's own modes.
  template <class T, IfConvertible<T> = 0>
  constexpr Fixed(T x) {
    this->write(cast_from<W, W - I, S, Q, O, N>(x));
  }
  /// The decimal, hexadecimal or binary text is read as a double.
  explicit Fixed(const char* text) : Fixed(parse_real(text)) {}

  /// The integer part, toward zero.
  constexpr IntType<(I > 1 ? I : 1), S> to_ap_int_base() const { return *this; }
  constexpr int to_int() const { return to_ap_int_base().to_int(); }
  constexpr unsigned to_uint() const { return to_ap_int_base().to_uint(); }
  constexpr long long to_int64() const { return to_ap_int_base().to_int64(); }
  constexpr unsigned long long to_uint64() const { return to_ap_int_base().to_uint64(); }
  constexpr double to_double() const { return to_real<double, W - I>(exact()); }
  constexpr float to_float() const { return to_real<float, W - I>(exact()); }
  constexpr unsigned long long bits_to_uint64() const { return this->template read_field<1>(0, W).at[0]; }

  template <class T, std::enable_if_t<std::is_integral<T>::value, int> = 0>
  constexpr operator T() const {
    return static_cast<T>(to_int64());
  }
  template <class T, std::enable_if_t<std::is_floating_point<T>::value, int> = 0>
  constexpr operator T() const {
    return std::is_same<T, float>::value ? static_cast<T>(to_float()) : static_cast<T>(to_double());
  }
  constexpr operator bool() const { return this->or_reduce(); }

  std::string to_string(int radix = 2) const { return format_fixed<W, I>(exact(), radix); }

  // AMD's library counts these two from the binary point; use [] and range, which count from the lowest bit in both.
  bool get_bit(int) const = delete;
  void set_bit(int, bool) = delete;

  constexpr int wl() const { return W; }
  constexpr int iwl() const { return I; }
  constexpr ap_q_mode q_mode() const { return Q; }
  constexpr ap_o_mode o_mode() const { return O; }
  constexpr int n_bits() const { return N; }

 private:
  constexpr Limbs<limbs_for(W + 1)> exact() const { return this->template read<limbs_for(W + 1)>(); }
};

template <int W, int I, bool S, ap_q_mode Q, ap_o_mode O, int N>
constexpr int Fixed<W, I, S, Q, O, N>::iwidth;
template <int W, int I, bool S, ap_q_mode Q, ap_o_mode O, int N>
constexpr ap_q_mode Fixed<W, I, S, Q, O, N>::qmode;
template <int W, int I, bool S, ap_q_mode Q, ap_o_mode O, int N>
constexpr ap_o_mode Fixed<W, I, S, Q, O, N>::omode;

}  // namespace bitloom_ap
