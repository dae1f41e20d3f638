/// Bipolar inputs times bipolar weights: XNOR and popcount.
#ifndef BITLOOM_XNOR_UNIT_HPP
#define BITLOOM_XNOR_UNIT_HPP

#include "matrix_vector.hpp"
#include "popcount.hpp"

namespace bitloom {

/// Counts in how many of LENGTH elements input and weight differ, SIMD at a time, in each of PLANES planes.
template <int SIMD, int PLANES, int LENGTH>
struct xnor_unit {
  static const int planes = PLANES;
  static const int pieces = ceil_divide(SIMD, 64);
  typedef ap_uint<bits_for(LENGTH + 1)> accumulator;
#ifdef BITLOOM_AS_SYNTHESIZED
  typedef ap_uint<SIMD * PLANES> chunk;
  static void take(chunk& to, const chunk& from) { to = from; }
#else
  template <class, class TABLE>
  static const TABLE& rows(const TABLE& weights) {
    return weights;
  }

  // Cut into the machine's words once, however often it is used.
  struct chunk {
    uint64_t plane[PLANES][pieces];
  };
  static void take(chunk& to, const ap_uint<SIMD * PLANES>& from) { cut(to.plane, from); }
#endif

  static void cut(uint64_t (&to)[PLANES][pieces], const ap_uint<SIMD * PLANES>& from) {
    BITLOOM_HLS(INLINE)
  planes:
    for (int p = 0; p < PLANES; p++) {
      BITLOOM_HLS(UNROLL)
      to_pieces(lane<SIMD>(from, p), to[p]);
    }
  }

  static accumulator start(const int, const int) { return 0; }

  template <class WORD>
  static accumulator add(const accumulator& before, const chunk& x, const int plane, const WORD (&weights)[pieces]) {
    BITLOOM_HLS(INLINE)
#ifdef BITLOOM_AS_SYNTHESIZED
    uint64_t planes[PLANES][pieces];
    cut(planes, x);
    return before + distance<SIMD>(planes[plane], weights);
#else
    return before + distance<SIMD>(x.plane[plane], weights);
#endif
  }

  /// The dot product plus what `bias` holds beyond LENGTH, in BITS bits; `shift` more fraction bits than the product has.
  template <int BITS>
  static ap_uint<BITS> exact(const int64_t bias, const accumulator& differences, const int shift) {
    BITLOOM_HLS(INLINE)
    return ap_uint<BITS>(bias) - (ap_uint<BITS>(differences) << (shift + 1));
  }
};

}  // namespace bitloom

#endif
