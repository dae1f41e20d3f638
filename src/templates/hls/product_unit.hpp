/// Inputs times stored weights of any encoding: exact sums, or sums that are cast after every product.
#ifndef BITLOOM_PRODUCT_UNIT_HPP
#define BITLOOM_PRODUCT_UNIT_HPP

#include "matrix_vector.hpp"

#ifndef BITLOOM_AS_SYNTHESIZED
#include <type_traits>
#include <vector>
#endif

namespace bitloom {

/// How the bits of an element stand for its raw: `number` is the type that holds it.
template <int BITS>
struct signed_input {
  static const int bits = BITS;
  typedef ap_int<BITS> number;
  static number of(const ap_uint<BITS>& element) { return number(element); }
};

template <int BITS>
struct unsigned_input {
  static const int bits = BITS;
  typedef ap_uint<BITS> number;
  static number of(const ap_uint<BITS>& element) { return element; }
};

struct bipolar_input {
  static const int bits = 1;
  typedef ap_int<2> number;
  static number of(const ap_uint<1>& element) { return element ? 1 : -1; }
};

/// Weight +1 (bit 1) or -1 (bit 0).
struct bipolar_weight {
  static const int bits = 1;
  template <class SUM, class X>
  static SUM product(const X& x, const ap_uint<1>& weight) {
    BITLOOM_HLS(INLINE)
    const SUM value = x;
    return weight ? value : SUM(-value);
  }
};

/// Weight +1 (01), -1 (11) or 0 (00).
struct ternary_weight {
  static const int bits = 2;
  template <class SUM, class X>
  static SUM product(const X& x, const ap_uint<2>& weight) {
    BITLOOM_HLS(INLINE)
    const SUM value = x;
    if (weight == 0) return 0;
    return weight == 1 ? value : SUM(-value);
  }
};

/// A raw of BITS bits (signed), for inputs +1, -1 and 0.
template <int BITS>
struct raw_weight {
  static const int bits = BITS;
  template <class SUM, class X>
  static SUM product(const X& x, const ap_uint<BITS>& weight) {
    BITLOOM_HLS(INLINE)
    const SUM value = ap_int<BITS>(weight);
    if (x == 0) return 0;
    return x < 0 ? SUM(-value) : value;
  }
};

/// A raw of BITS bits (signed), multiplied: only where the user allows DSPs.
template <int BITS>
struct multiplied_weight {
  static const int bits = BITS;
  template <class SUM, class X>
  static SUM product(const X& x, const ap_uint<BITS>& weight) {
    BITLOOM_HLS(INLINE)
    return SUM(x * ap_int<BITS>(weight));
  }
};

/// The sum of TERMS signed powers of two. Each has SHIFT_BITS + 2 bits: the exponent, then 1 if it is there, then 1 if it is
/// subtracted.
template <int TERMS, int SHIFT_BITS>
struct digit_weight {
  static const int digit_bits = SHIFT_BITS + 2;
  static const int bits = TERMS * digit_bits;
  template <class SUM, class X>
  static SUM product(const X& x, const ap_uint<bits>& weight) {
    BITLOOM_HLS(INLINE)
    const SUM value = x;
    SUM sum = 0;
  terms:
    for (int i = 0; i < TERMS; i++) {
      BITLOOM_HLS(UNROLL)
      const ap_uint<digit_bits> digit = lane<digit_bits>(weight, i);
      const ap_uint<SHIFT_BITS> exponent = digit;
      const SUM term = value << exponent.to_uint();
      if (digit[SHIFT_BITS]) sum = digit[SHIFT_BITS + 1] ? SUM(sum - term) : SUM(sum + term);
    }
    return sum;
  }
};

/// One row of weights for a chunk from its words.
template <int BITS, class WORD, int WORDS>
inline ap_uint<BITS> join(const WORD (&words)[WORDS]) {
  BITLOOM_HLS(INLINE)
  ap_uint<64 * WORDS> joined = 0;
words:
  for (int i = 0; i < WORDS; i++) {
    BITLOOM_HLS(UNROLL)
    set_lane<64>(joined, i, ap_uint<64>(words[i]));
  }
  return ap_uint<BITS>(joined);
}

/// Exact sums modulo 2^BITS, the width of the output: what is beyond it cancels, since the result fits.
template <int BITS>
struct exact_sums {
  typedef ap_int<BITS> accumulator;

  /// The sum plus a bias that has `shift` more fraction bits than the products.
  static ap_uint<BITS> exact(const int64_t bias, const accumulator& sum, const int shift) {
    BITLOOM_HLS(INLINE)
    return ap_uint<BITS>(bias) + (ap_uint<BITS>(sum) << shift);
  }
};

/// Such sums of products with stored weights.
template <int SIMD, class INPUT, class WEIGHT, int BITS>
struct product_unit : exact_sums<BITS> {
  static const int planes = 1;
  typedef typename exact_sums<BITS>::accumulator accumulator;
  static accumulator start(const int, const int) { return 0; }
#ifdef BITLOOM_AS_SYNTHESIZED
  typedef ap_uint<SIMD * INPUT::bits> chunk;

  static void take(chunk& to, const chunk& from) {
    BITLOOM_HLS(INLINE)
    to = from;
  }

  template <class WORD, int WORDS>
  static accumulator add(const accumulator& before, const chunk& x, const int, const WORD (&words)[WORDS]) {
    BITLOOM_HLS(INLINE)
    const ap_uint<SIMD * WEIGHT::bits> weights = join<SIMD * WEIGHT::bits>(words);
    // The sum of one cycle is a tree beside the loop-carried addition.
    accumulator sum = 0;
  elements:
    for (int i = 0; i < SIMD; i++) {
      BITLOOM_HLS(UNROLL)
      sum += WEIGHT::template product<accumulator>(INPUT::of(lane<INPUT::bits>(x, i)), lane<WEIGHT::bits>(weights, i));
    }
    return before + sum;
  }
#else
  // A CPU multiplies words, of which the low BITS bits are right.
  typedef typename std::conditional<(BITS > 32), uint64_t, uint32_t>::type word;
  struct chunk {
    word element[SIMD];
  };

  static void take(chunk& to, const ap_uint<SIMD * INPUT::bits>& from) {
    for (int i = 0; i < SIMD; i++)
      to.element[i] = static_cast<word>(INPUT::of(lane<INPUT::bits>(from, i)).to_int64());
  }

  /// Once for all frames: a stage has but one SHAPE and one table.
  template <class SHAPE, class TABLE>
  static const std::vector<std::vector<chunk>>& rows(const TABLE& weights) {
    static const std::vector<std::vector<chunk>> all = decoded(weights);
    return all;
  }

  template <class WORD, int PE, int DEPTH, int WORDS>
  static std::vector<std::vector<chunk>> decoded(const WORD (&weights)[PE][DEPTH][WORDS]) {
    std::vector<std::vector<chunk>> all(PE, std::vector<chunk>(DEPTH));
    for (int lane = 0; lane < PE; lane++)
      for (int row = 0; row < DEPTH; row++) all[lane][row] = numbers(join<SIMD * WEIGHT::bits>(weights[lane][row]));
    return all;
  }

  static chunk numbers(const ap_uint<SIMD * WEIGHT::bits>& row) {
    chunk weights;
    for (int i = 0; i < SIMD; i++) {
      const ap_int<64> once = WEIGHT::template product<ap_int<64>>(ap_int<2>(1), lane<WEIGHT::bits>(row, i));
      weights.element[i] = static_cast<word>(once.to_int64());
    }
    return weights;
  }

  static accumulator add(const accumulator& before, const chunk& x, const int, const chunk& weights) {
    word sum = static_cast<word>(before.to_int64());
    for (int i = 0; i < SIMD; i++) sum += x.element[i] * weights.element[i];
    return sum;
  }
#endif
};

/// Sums of type SUM, an ap_fixed with the modes of the accumulator: rounded after every product, in the order of the
/// elements. A PRODUCT is a fixed-point type that holds every product.
template <int SIMD, class INPUT, class WEIGHT, class PRODUCT, class SUM>
struct rounding_unit {
  static const int planes = 1;
  typedef SUM accumulator;
  typedef ap_uint<SIMD * INPUT::bits> chunk;

  static void take(chunk& to, const chunk& from) {
    BITLOOM_HLS(INLINE)
    to = from;
  }
#ifndef BITLOOM_AS_SYNTHESIZED
  template <class, class TABLE>
  static const TABLE& rows(const TABLE& weights) {
    return weights;
  }
#endif

  template <class WORD, int WORDS>
  static accumulator add(const accumulator& before, const chunk& x, const int, const WORD (&words)[WORDS]) {
    BITLOOM_HLS(INLINE)
    const ap_uint<SIMD * WEIGHT::bits> weights = join<SIMD * WEIGHT::bits>(words);
    accumulator sum = before;
  elements:
    for (int i = 0; i < SIMD; i++) {
      BITLOOM_HLS(UNROLL)
      const ap_int<PRODUCT::width> product = WEIGHT::template product<ap_int<PRODUCT::width>>(
          INPUT::of(lane<INPUT::bits>(x, i)), lane<WEIGHT::bits>(weights, i));
      sum = sum + from_bits<PRODUCT>(ap_uint<PRODUCT::width>(product));
    }
    return sum;
  }
};

}  // namespace bitloom

#endif
