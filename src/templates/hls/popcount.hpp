/// Set bits of a word.
#ifndef BITLOOM_POPCOUNT_HPP
#define BITLOOM_POPCOUNT_HPP

#include "bits.hpp"

namespace bitloom {

/// Adder tree: the halves are counted side by side.
template <int N>
struct popcount_tree {
  static ap_uint<bits_for(N + 1)> of(const ap_uint<N>& x) {
    BITLOOM_HLS(INLINE)
    const ap_uint<N / 2> low = x.range(N / 2 - 1, 0);
    const ap_uint<N - N / 2> high = x.range(N - 1, N / 2);
    return popcount_tree<N / 2>::of(low) + popcount_tree<N - N / 2>::of(high);
  }
};

template <>
struct popcount_tree<1> {
  static ap_uint<1> of(const ap_uint<1>& x) {
    BITLOOM_HLS(INLINE)
    return x;
  }
};

/// Set bits among the low N bits of a word; the others are 0. A simulator on a CPU has an instruction for it.
template <int N>
inline int popcount(const uint64_t word) {
BITLOOM_HLS(INLINE)
#ifdef BITLOOM_AS_SYNTHESIZED
  return popcount_tree<N>::of(ap_uint<N>(word));
#else
  return __builtin_popcountll(word);
#endif
}

/// Bits of the piece `index` when N bits are cut into pieces of 64.
constexpr int piece_bits(int n, int index) { return n - 64 * index < 64 ? n - 64 * index : 64; }

/// Sums popcounts over pieces INDEX and above.
template <int N, int INDEX, bool DONE>
struct distance_from {
  template <class WORD>
  static int of(const uint64_t* x, const WORD* w) {
    BITLOOM_HLS(INLINE)
    return popcount<piece_bits(N, INDEX)>(x[INDEX] ^ w[INDEX]) +
           distance_from<N, INDEX + 1, (N <= 64 * (INDEX + 1))>::of(x, w);
  }
};

template <int N, int INDEX>
struct distance_from<N, INDEX, true> {
  template <class WORD>
  static int of(const uint64_t*, const WORD*) {
    return 0;
  }
};

/// Places in which two rows of N bits differ. With bits as signs, N - 2 * distance is their dot product (XNOR-popcount).
template <int N, class WORD, int WORDS>
inline int distance(const uint64_t (&x)[WORDS], const WORD (&w)[WORDS]) {
  BITLOOM_HLS(INLINE)
  return distance_from<N, 0, false>::of(x, w);
}

/// Cuts N bits into pieces of 64.
template <int N, int WORDS>
inline void to_pieces(const ap_uint<N>& bits, uint64_t (&pieces)[WORDS]) {
  BITLOOM_HLS(INLINE)
pieces:
  for (int i = 0; i < WORDS; i++) {
    BITLOOM_HLS(UNROLL)
    const int high = 64 * i + 63 < N ? 64 * i + 63 : N - 1;
    pieces[i] = bits.range(high, 64 * i).to_uint64();
  }
}

}  // namespace bitloom

#endif
