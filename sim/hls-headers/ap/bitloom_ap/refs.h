#pragma once
#include "limbs_shift.h"
#include "operand.h"

namespace bitloom_ap {

/// One bit of a number, as a place to read and write.
template <class B>
class BitRef {
 public:
  static constexpr int width = 1;
  constexpr BitRef(B& bits, int index) : bits_(bits), index_(index) {}
  constexpr BitRef(const BitRef&) = default;

  constexpr operator bool() const { return bits_.get_bit(index_); }
  constexpr bool to_bool() const { return *this; }
  constexpr bool get() const { return *this; }
  constexpr bool operator~() const { return !*this; }
  constexpr int length() const { return 1; }

  constexpr BitRef& operator=(bool value) {
    bits_.set_bit(index_, value);
    return *this;
  }
  constexpr BitRef& operator=(const BitRef& other) { return *this = bool(other); }
  /// Any other number counts as true when it is not zero.
  template <class T, std::enable_if_t<Operand<T>::is_operand, int> = 0>
  constexpr BitRef& operator=(const T& value) {
    return *this = !bitloom_ap::is_zero(bitloom_ap::read<Operand<T>::signed_limbs>(value));
  }

  template <int M>
  constexpr Limbs<M> read() const {
    return from_native<M>(bool(*this));
  }
  template <int M>
  constexpr void write(const Limbs<M>& value) {
    *this = (value.at[0] & 1) != 0;
  }

 private:
  B& bits_;
  int index_;
};

/// Bits hi .. lo of a number, as an unsigned number to read and a place to write; reversed when hi < lo.
template <class B>
class RangeRef {
 public:
  static constexpr int width = B::width;
  constexpr RangeRef(B& bits, int hi, int lo)
      : bits_(bits), lo_(lo < hi ? lo : hi), length_((lo < hi ? hi - lo : lo - hi) + 1), reversed_(hi < lo) {}
  constexpr RangeRef(const RangeRef&) = default;

  constexpr int length() const { return length_; }
  constexpr operator unsigned long long() const { return to_uint64(); }
  constexpr int to_int() const { return static_cast<int>(to_uint64()); }
  constexpr unsigned to_uint() const { return static_cast<unsigned>(to_uint64()); }
  constexpr long long to_int64() const { return static_cast<long long>(to_uint64()); }
  constexpr unsigned long long to_uint64() const { return this->template read<1>().at[0]; }
  constexpr bool and_reduce() const { return equal(this->template read<B::limbs>(), low_ones<B::limbs>(length_)); }
  constexpr bool or_reduce() const { return !is_zero(); }
  constexpr bool xor_reduce() const { return IntType<width, false>(*this).xor_reduce(); }
  constexpr bool is_zero() const { return bitloom_ap::is_zero(this->template read<B::limbs>()); }

  /// Takes the low bits of any number; of a fixed-point one its raw bits.
  template <class T, std::enable_if_t<Operand<T>::is_operand, int> = 0>
  constexpr RangeRef& operator=(const T& value) {
    write(bitloom_ap::read<Operand<T>::signed_limbs>(value));
    return *this;
  }
  constexpr RangeRef& operator=(const RangeRef& other) {
    write(other.template read<B::limbs + 1>());
    return *this;
  }

  template <int M>
  constexpr Limbs<M> read() const {
    return reversed_ ? reverse<M>(bits_.template read_field<B::limbs>(lo_, length_))
                     : bits_.template read_field<M>(lo_, length_);
  }
  template <int M>
  constexpr void write(const Limbs<M>& value) {
    if (!reversed_) return bits_.write_field(lo_, length_, value);
    const auto wide = resize<max_of(M, B::limbs)>(value, is_negative(value));
    bits_.write_field(lo_, length_, reverse<B::limbs>(get_field<B::limbs>(wide, 0, length_)));
  }

 private:
  template <int M>
  constexpr Limbs<M> reverse(const Limbs<B::limbs>& x) const {
    Limbs<M> r{};
    for (int i = 0; i < length_ && i < 64 * M; ++i) put_bit(r, i, bit_at(x, length_ - 1 - i));
    return r;
  }

  B& bits_;
  int lo_, length_;
  bool reversed_;
};

}  // namespace bitloom_ap
