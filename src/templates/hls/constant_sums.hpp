/// Sums whose weights are all constants of the same cycle.
#ifndef BITLOOM_CONSTANT_SUMS_HPP
#define BITLOOM_CONSTANT_SUMS_HPP

#include "product_unit.hpp"

namespace bitloom {

/// What `add_up` of a unit, which is written for its weights, needs: the sums of a chunk modulo 2^BITS, in shifts and adds of
/// numbers as wide as they get.
template <int SIMD, class INPUT, int BITS>
struct constant_unit : exact_sums<BITS> {
  typedef typename exact_sums<BITS>::accumulator accumulator;
  typedef ap_uint<SIMD * INPUT::bits> chunk;
#ifdef BITLOOM_AS_SYNTHESIZED
  template <int WIDTH>
  using number = ap_int<WIDTH>;
#else
  // Of a sum in a word the low BITS bits are right.
  template <int>
  using number = uint64_t;
#endif

  static number<INPUT::bits + 1> element(const chunk& x, const int index) {
    BITLOOM_HLS(INLINE)
    return INPUT::of(lane<INPUT::bits>(x, index));
  }
};

/// For each output pixel: reads a chunk and sends all its outputs in a beat. SHAPE has the numbers:
///   out_height, out_width, pe
///   chunk_bits, out_bits         of a chunk and of an output element
/// UNIT says what is computed: add_up gives the sums, `border` and `finish` are those of matrix_vector.hpp.
template <class SHAPE, class UNIT>
void constant_sums(hls::stream<ap_uint<SHAPE::chunk_bits>>& in, hls::stream<ap_uint<SHAPE::pe * SHAPE::out_bits>>& out,
                   const int frames) {
  BITLOOM_HLS(INLINE)
  int x = 0;
  int y = 0;
frames:
  for (int frame = 0; frame < frames; frame++) {
  pixels:
    for (int pixel = 0; pixel < SHAPE::out_height * SHAPE::out_width; pixel++) {
      BITLOOM_HLS(PIPELINE II=1)
      typename UNIT::accumulator sums[SHAPE::pe][1];
      BITLOOM_HLS(ARRAY_PARTITION variable=sums complete dim=0)
      UNIT::add_up(in.read(), sums);
      ap_uint<SHAPE::pe * SHAPE::out_bits> beat = 0;
    lanes:
      for (int lane = 0; lane < SHAPE::pe; lane++) {
        BITLOOM_HLS(UNROLL)
        set_lane<SHAPE::out_bits>(beat, lane, UNIT::finish(sums[lane], UNIT::border(y, x), 0, lane));
      }
      out.write(beat);
      const bool last_x = x == SHAPE::out_width - 1;
      x = last_x ? 0 : x + 1;
      if (last_x) y = y == SHAPE::out_height - 1 ? 0 : y + 1;
    }
  }
}

}  // namespace bitloom

#endif
