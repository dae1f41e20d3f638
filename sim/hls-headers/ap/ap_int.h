#pragma once
#include "bitloom_ap/assign.h"
#include "bitloom_ap/compare.h"
#include "bitloom_ap/int.h"

/// Signed integer of W bits. UG1399 "C++ Arbitrary Precision Integer Types".
template <int W>
class ap_int : public bitloom_ap::Int<W, true> {
  using Base = bitloom_ap::Int<W, true>;

 public:
  constexpr ap_int() = default;
  constexpr ap_int(const Base& x) : Base(x) {}
  template <class T, bitloom_ap::IfConvertible<T> = 0>
  constexpr ap_int(T x) : Base(x) {}
  ap_int(const char* text, int radix = 0) : Base(text, radix) {}
};

/// Unsigned integer of W bits.
template <int W>
class ap_uint : public bitloom_ap::Int<W, false> {
  using Base = bitloom_ap::Int<W, false>;

 public:
  constexpr ap_uint() = default;
  constexpr ap_uint(const Base& x) : Base(x) {}
  template <class T, bitloom_ap::IfConvertible<T> = 0>
  constexpr ap_uint(T x) : Base(x) {}
  ap_uint(const char* text, int radix = 0) : Base(text, radix) {}
};
