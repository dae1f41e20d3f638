#pragma once
#include "limbs.h"

// Shifts and bit fields of limbs, a word at a time whatever the alignment.
namespace bitloom_ap {

template <int N>
constexpr Limbs<N> shift_left(const Limbs<N>& x, int count) {
  Limbs<N> r{};
  const int words = count / 64, bits = count % 64;
  for (int i = words; i < N; ++i) {
    const Word low = bits != 0 && i > words ? x.at[i - words - 1] >> (64 - bits) : 0;
    r.at[i] = x.at[i - words] << bits | low;
  }
  return r;
}

constexpr Limbs<1> shift_left(Limbs<1> x, int count) { return {{count < 64 ? x.at[0] << count : 0}}; }

/// Arithmetic when `negative`, logical otherwise.
template <int N>
constexpr Limbs<N> shift_right(const Limbs<N>& x, int count, bool negative) {
  const Word fill = negative ? ~Word(0) : Word(0);
  const int words = count / 64, bits = count % 64;
  Limbs<N> r{};
  for (int i = 0; i < N; ++i) {
    const Word here = i + words < N ? x.at[i + words] : fill;
    const Word next = i + words + 1 < N ? x.at[i + words + 1] : fill;
    r.at[i] = bits != 0 ? here >> bits | next << (64 - bits) : here;
  }
  return r;
}

/// For a value whose own top bit is its sign, or 0.
template <int N>
constexpr Limbs<N> shift_right(const Limbs<N>& x, int count) {
  return shift_right(x, count, is_negative(x));
}

constexpr Limbs<1> shift_right(Limbs<1> x, int count) {
  return {{static_cast<Word>(static_cast<SignedWord>(x.at[0]) >> (count < 63 ? count : 63))}};
}

template <int N>
constexpr bool bit_at(const Limbs<N>& x, int index) {
  return (x.at[index / 64] >> (index % 64) & 1) != 0;
}

template <int N>
constexpr void put_bit(Limbs<N>& x, int index, bool value) {
  const Word mask = Word(1) << (index % 64);
  x.at[index / 64] = value ? x.at[index / 64] | mask : x.at[index / 64] & ~mask;
}

/// A word of `count` ones, 0 <= count <= 64.
constexpr Word ones(int count) { return count <= 0 ? 0 : ~Word(0) >> (64 - min_of(count, 64)); }

/// 2^index - 1 in N limbs.
template <int N>
constexpr Limbs<N> low_ones(int index) {
  Limbs<N> r{};
  for (int i = 0; i < N; ++i) r.at[i] = ones(index - 64 * i);
  return r;
}

/// Bits lo .. lo + length - 1 as an unsigned number; only the first M limbs of it are computed.
template <int M, int N>
constexpr Limbs<M> get_field(const Limbs<N>& x, int lo, int length) {
  const int words = lo / 64, bits = lo % 64;
  Limbs<M> r{};
  for (int i = 0; i < M && 64 * i < length; ++i) {
    const Word here = x.at[i + words] >> bits;
    const Word next = bits != 0 && i + words + 1 < N ? x.at[i + words + 1] << (64 - bits) : 0;
    r.at[i] = (here | next) & ones(length - 64 * i);
  }
  return r;
}

/// Writes the low `length` bits of `value` at `lo`, touching only the limbs concerned.
template <int M, int N>
constexpr void put_field(Limbs<N>& x, int lo, int length, const Limbs<M>& value) {
  const Word fill = is_negative(value) ? ~Word(0) : Word(0);
  for (int done = 0; done < length;) {
    const int bits = (lo + done) % 64;
    const int part = min_of(64 - bits, length - done);
    const int from = done / 64;
    Word word = (from < M ? value.at[from] : fill) >> (done % 64);
    if (done % 64 != 0) word |= (from + 1 < M ? value.at[from + 1] : fill) << (64 - done % 64);
    Word& target = x.at[(lo + done) / 64];
    target = (target & ~(ones(part) << bits)) | (word & ones(part)) << bits;
    done += part;
  }
}

}  // namespace bitloom_ap
