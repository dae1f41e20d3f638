#pragma once
#include "ap_int.h"
#include "bitloom_ap/fixed.h"

/// Signed fixed-point number of W bits, I of them above the point; Q rounds, O handles overflow, N saturated bits when wrapping.
/// UG1399 "C++ Arbitrary Precision Fixed-Point Types".
template <int W, int I, ap_q_mode Q, ap_o_mode O, int N>
class ap_fixed : public bitloom_ap::Fixed<W, I, true, Q, O, N> {
  using Base = bitloom_ap::Fixed<W, I, true, Q, O, N>;

 public:
  constexpr ap_fixed() = default;
  constexpr ap_fixed(const Base& x) : Base(x) {}
  template <class T, bitloom_ap::IfConvertible<T> = 0>
  constexpr ap_fixed(T x) : Base(x) {}
  explicit ap_fixed(const char* text) : Base(text) {}
};

/// Unsigned fixed-point number.
template <int W, int I, ap_q_mode Q, ap_o_mode O, int N>
class ap_ufixed : public bitloom_ap::Fixed<W, I, false, Q, O, N> {
  using Base = bitloom_ap::Fixed<W, I, false, Q, O, N>;

 public:
  constexpr ap_ufixed() = default;
  constexpr ap_ufixed(const Base& x) : Base(x) {}
  template <class T, bitloom_ap::IfConvertible<T> = 0>
  constexpr ap_ufixed(T x) : Base(x) {}
  explicit ap_ufixed(const char* text) : Base(text) {}
};
