/// Elements inside beats. A beat is an ap_uint<LANES * BITS> with element 0 in its lowest bits.
#ifndef BITLOOM_BITS_HPP
#define BITLOOM_BITS_HPP

#include <ap_fixed.h>
#include <ap_int.h>
#include <stdint.h>

#include "hls.hpp"

namespace bitloom {

constexpr int ceil_divide(int a, int b) { return (a + b - 1) / b; }

/// Bits of a counter that takes `count` values, at least 1.
constexpr int bits_for(int count) { return count <= 2 ? 1 : 1 + bits_for((count + 1) / 2); }

/// Element `index` of a beat.
template <int BITS, int N>
inline ap_uint<BITS> lane(const ap_uint<N>& beat, const int index) {
  BITLOOM_HLS(INLINE)
  return beat.range(index * BITS + BITS - 1, index * BITS);
}

template <int BITS, int N>
inline void set_lane(ap_uint<N>& beat, const int index, const ap_uint<BITS>& element) {
  BITLOOM_HLS(INLINE)
  beat.range(index * BITS + BITS - 1, index * BITS) = element;
}

/// A number of type T from its bits.
template <class T, int BITS>
inline T from_bits(const ap_uint<BITS>& bits) {
  BITLOOM_HLS(INLINE)
  T value;
  value.range(BITS - 1, 0) = bits;
  return value;
}

/// A number of type T from its raw integer (value = raw * 2^-fraction).
template <class T>
inline T from_raw(const int64_t raw) {
  BITLOOM_HLS(INLINE)
  return from_bits<T>(ap_uint<T::width>(raw));
}

/// The bits of a number.
template <class T>
inline ap_uint<T::width> to_bits(const T& value) {
  BITLOOM_HLS(INLINE)
  return value.range(T::width - 1, 0);
}

/// What a bit of a bipolar stream counts as: 1 is +1, 0 is -1.
inline ap_fixed<2, 2> sign(const ap_uint<1>& bit) {
  BITLOOM_HLS(INLINE)
  return bit ? 1 : -1;
}

}  // namespace bitloom

#endif
