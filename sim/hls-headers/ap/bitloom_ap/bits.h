#pragma once
#include <cassert>

#include "limbs_shift.h"
#include "operand.h"
#include "refs.h"
#include "store.h"

namespace bitloom_ap {

/// W bits that can be read and written singly and by range, UG1399 "Other Class Methods, Operators, and Data Members".
/// The base of ap_int and ap_fixed, which differ only in what the bits mean.
template <int W, bool S>
class Bits {
  static_assert(W >= 1, "an arbitrary precision type has at least one bit");

 public:
  static constexpr int width = W;
  static constexpr int limbs = limbs_for(W);

  /// The raw value in M limbs, extended by its sign.
  template <int M = limbs>
  constexpr Limbs<M> read() const {
    return resize<M>(store_.get(), S && is_negative(store_.get()));
  }
  /// Keeps the low W bits of `x`.
  constexpr void write(const Limbs<limbs>& x) { store_.set(x); }
  /// For `x` known to be within the type.
  constexpr void write_exact(const Limbs<limbs>& x) { store_.set_exact(x); }

  constexpr int length() const { return W; }

  constexpr BitRef<Bits> operator[](int index) { return {*this, checked(index)}; }
  constexpr bool operator[](int index) const { return get_bit(index); }
  constexpr BitRef<Bits> bit(int index) { return {*this, checked(index)}; }
  constexpr bool bit(int index) const { return get_bit(index); }
  constexpr bool get_bit(int index) const { return bit_at(store_.get(), checked(index)); }
  constexpr bool test(int index) const { return get_bit(index); }
  constexpr void set_bit(int index, bool value) {
    store_.put(checked(index), 1, from_native<1>(value));
  }
  constexpr void set(int index) { set_bit(index, true); }
  constexpr void set(int index, bool value) { set_bit(index, value); }
  constexpr void clear(int index) { set_bit(index, false); }
  constexpr void invert(int index) { set_bit(index, !get_bit(index)); }

  /// Bits hi .. lo; with hi < lo the same bits in reverse order.
  constexpr RangeRef<Bits> range(int hi, int lo) { return {*this, checked(hi), checked(lo)}; }
  constexpr RangeRef<const Bits> range(int hi, int lo) const { return {*this, checked(hi), checked(lo)}; }
  constexpr RangeRef<Bits> range() { return range(W - 1, 0); }
  constexpr RangeRef<const Bits> range() const { return range(W - 1, 0); }
  constexpr RangeRef<Bits> operator()(int hi, int lo) { return range(hi, lo); }
  constexpr RangeRef<const Bits> operator()(int hi, int lo) const { return range(hi, lo); }

  constexpr bool and_reduce() const { return equal(fit<W, false>(store_.get()), low_ones<limbs>(W)); }
  constexpr bool or_reduce() const { return !bitloom_ap::is_zero(store_.get()); }
  constexpr bool xor_reduce() const {
    const Limbs<limbs> x = fit<W, false>(store_.get());
    Word all = 0;
    for (int i = 0; i < limbs; ++i) all ^= x.at[i];
    return __builtin_parityll(all) != 0;
  }
  constexpr bool nand_reduce() const { return !and_reduce(); }
  constexpr bool nor_reduce() const { return !or_reduce(); }
  constexpr bool xnor_reduce() const { return !xor_reduce(); }

  /// True for a negative value.
  constexpr bool sign() const { return S && get_bit(W - 1); }
  constexpr bool is_neg() const { return sign(); }
  constexpr bool is_zero() const { return nor_reduce(); }
  constexpr bool iszero() const { return nor_reduce(); }
  constexpr bool operator!() const { return nor_reduce(); }

  constexpr int countLeadingZeros() const {
    int zeros = 0;
    while (zeros < W && !get_bit(W - 1 - zeros)) ++zeros;
    return zeros;
  }

  /// Writes a field in place.
  template <int M>
  constexpr void write_field(int lo, int count, const Limbs<M>& value) {
    store_.put(lo, count, value);
  }
  template <int M>
  constexpr Limbs<M> read_field(int lo, int count) const {
    return get_field<M>(store_.get(), lo, count);
  }

 private:
  static constexpr int checked(int index) {
    assert(0 <= index && index < W && "bit index outside the number");
    return index;
  }

  Store<W, S> store_;
};

template <int W, bool S>
constexpr int Bits<W, S>::width;

}  // namespace bitloom_ap
