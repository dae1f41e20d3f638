#pragma once
#include <type_traits>

#include "limbs_shift.h"

// Where the bits of one number live: the smallest native integer up to 64 bits (so arrays are as dense as AMD's), limbs above.
namespace bitloom_ap {

template <int Bytes, bool S>
struct NativeOfBytes;
template <> struct NativeOfBytes<1, true> { using type = std::int8_t; };
template <> struct NativeOfBytes<1, false> { using type = std::uint8_t; };
template <> struct NativeOfBytes<2, true> { using type = std::int16_t; };
template <> struct NativeOfBytes<2, false> { using type = std::uint16_t; };
template <> struct NativeOfBytes<4, true> { using type = std::int32_t; };
template <> struct NativeOfBytes<4, false> { using type = std::uint32_t; };
template <> struct NativeOfBytes<8, true> { using type = std::int64_t; };
template <> struct NativeOfBytes<8, false> { using type = std::uint64_t; };

/// The native integer for W bits; for more than 64, the one for the low 64.
template <int W, bool S>
using Native = typename NativeOfBytes<(W <= 8 ? 1 : W <= 16 ? 2 : W <= 32 ? 4 : 8), S>::type;

template <int W, bool S, bool Narrow = (W <= 64)>
class Store {
 public:
  constexpr Limbs<1> get() const { return {{static_cast<Word>(value_)}}; }
  constexpr void set(Limbs<1> x) { value_ = static_cast<Native<W, S>>(fit<W, S>(x).at[0]); }
  /// For a value known to be within W bits.
  constexpr void set_exact(Limbs<1> x) { value_ = static_cast<Native<W, S>>(x.at[0]); }
  template <int M>
  constexpr void put(int lo, int length, const Limbs<M>& field) {
    Limbs<1> x = get();
    put_field(x, lo, length, field);
    set(x);
  }

 private:
  Native<W, S> value_ = 0;
};

template <int W, bool S>
class Store<W, S, false> {
 public:
  constexpr const Limbs<limbs_for(W)>& get() const { return value_; }
  constexpr void set(const Limbs<limbs_for(W)>& x) { value_ = fit<W, S>(x); }
  constexpr void set_exact(const Limbs<limbs_for(W)>& x) { value_ = x; }
  template <int M>
  constexpr void put(int lo, int length, const Limbs<M>& field) {
    put_field(value_, lo, length, field);
    fit_top<W, S>(value_);
  }

 private:
  Limbs<limbs_for(W)> value_{};
};

}  // namespace bitloom_ap
