#pragma once
#include <cstdint>

// Two's complement integers of N 64-bit limbs, least significant first. Everything else is built on these few functions.
// Loops have constant bounds, so that for one limb they collapse into plain 64-bit arithmetic at -O2.
namespace bitloom_ap {

using Word = std::uint64_t;
using SignedWord = std::int64_t;
__extension__ typedef unsigned __int128 DoubleWord;

template <int N>
struct Limbs {
  Word at[N];
};

constexpr int limbs_for(int width) { return (width + 63) / 64; }
constexpr int max_of(int a, int b) { return a > b ? a : b; }
constexpr int min_of(int a, int b) { return a < b ? a : b; }

template <int N>
constexpr bool is_negative(const Limbs<N>& x) {
  return (x.at[N - 1] >> 63) != 0;
}

template <int N>
constexpr bool is_zero(const Limbs<N>& x) {
  Word any = 0;
  for (int i = 0; i < N; ++i) any |= x.at[i];
  return any == 0;
}

/// The same value in M limbs; `negative` says what the new upper limbs are filled with.
template <int M, int N>
constexpr Limbs<M> resize(const Limbs<N>& x, bool negative) {
  Limbs<M> r{};
  for (int i = 0; i < M; ++i) r.at[i] = i < N ? x.at[i < N ? i : 0] : negative ? ~Word(0) : Word(0);
  return r;
}

template <int M, class T>
constexpr Limbs<M> from_native(T x) {
  return resize<M>(Limbs<1>{{static_cast<Word>(x)}}, x < T(0));
}

template <int M>
constexpr Limbs<M> from_native(bool x) {
  return resize<M>(Limbs<1>{{x ? Word(1) : Word(0)}}, false);
}

/// Keeps the low `W` bits of the top limb and extends them by sign or zero to the whole of it.
template <int W, bool S>
constexpr void fit_top(Limbs<limbs_for(W)>& x) {
  constexpr int top = limbs_for(W) - 1;
  constexpr int spare = 64 * (top + 1) - W;
  const Word shifted = x.at[top] << spare;
  x.at[top] = S ? static_cast<Word>(static_cast<SignedWord>(shifted) >> spare) : shifted >> spare;
}

template <int W, bool S>
constexpr Limbs<limbs_for(W)> fit(Limbs<limbs_for(W)> x) {
  fit_top<W, S>(x);
  return x;
}

template <int N>
constexpr Limbs<N> invert(Limbs<N> x) {
  for (int i = 0; i < N; ++i) x.at[i] = ~x.at[i];
  return x;
}

template <int N>
constexpr Limbs<N> bit_and(Limbs<N> a, const Limbs<N>& b) {
  for (int i = 0; i < N; ++i) a.at[i] &= b.at[i];
  return a;
}

template <int N>
constexpr Limbs<N> bit_or(Limbs<N> a, const Limbs<N>& b) {
  for (int i = 0; i < N; ++i) a.at[i] |= b.at[i];
  return a;
}

template <int N>
constexpr Limbs<N> bit_xor(Limbs<N> a, const Limbs<N>& b) {
  for (int i = 0; i < N; ++i) a.at[i] ^= b.at[i];
  return a;
}

template <int N>
constexpr Limbs<N> add(Limbs<N> a, const Limbs<N>& b, bool carry = false) {
  for (int i = 0; i < N; ++i) {
    const Word sum = a.at[i] + b.at[i];
    const bool overflow = sum < a.at[i];
    a.at[i] = sum + Word(carry);
    carry = overflow || a.at[i] < sum;
  }
  return a;
}

template <int N>
constexpr Limbs<N> subtract(const Limbs<N>& a, const Limbs<N>& b) {
  return add(a, invert(b), true);
}

// One limb without the carry, which compilers do not always see through.
constexpr Limbs<1> add(Limbs<1> a, Limbs<1> b) { return {{a.at[0] + b.at[0]}}; }
constexpr Limbs<1> subtract(Limbs<1> a, Limbs<1> b) { return {{a.at[0] - b.at[0]}}; }

template <int N>
constexpr Limbs<N> negate(const Limbs<N>& x) {
  return subtract(Limbs<N>{}, x);
}

/// The low N limbs of the product; exact when the caller chose N for the product's width.
template <int N>
constexpr Limbs<N> multiply(const Limbs<N>& a, const Limbs<N>& b) {
  Limbs<N> r{};
  for (int i = 0; i < N; ++i) {
    Word carry = 0;
    for (int j = 0; i + j < N; ++j) {
      const DoubleWord t = DoubleWord(a.at[i]) * b.at[j] + r.at[i + j] + carry;
      r.at[i + j] = static_cast<Word>(t);
      carry = static_cast<Word>(t >> 64);
    }
  }
  return r;
}

constexpr Limbs<1> multiply(Limbs<1> a, Limbs<1> b) { return {{a.at[0] * b.at[0]}}; }

template <int N>
constexpr bool equal(const Limbs<N>& a, const Limbs<N>& b) {
  return is_zero(bit_xor(a, b));
}

/// a < b, both as signed numbers.
template <int N>
constexpr bool less(const Limbs<N>& a, const Limbs<N>& b) {
  if (a.at[N - 1] != b.at[N - 1]) return SignedWord(a.at[N - 1]) < SignedWord(b.at[N - 1]);
  for (int i = N - 1; i >= 0; --i)
    if (a.at[i] != b.at[i]) return a.at[i] < b.at[i];
  return false;
}

constexpr bool less(Limbs<1> a, Limbs<1> b) { return SignedWord(a.at[0]) < SignedWord(b.at[0]); }

}  // namespace bitloom_ap
