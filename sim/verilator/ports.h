// Bits of the ports of a verilated model, however wide they are.
#ifndef BITLOOM_PORTS_H
#define BITLOOM_PORTS_H

#include <verilated.h>

#include <cstdint>
#include <type_traits>

namespace bitloom {

template <class T>
constexpr bool is_plain = std::is_integral<T>::value;

template <class T>
typename std::enable_if<is_plain<T>, uint64_t>::type bit(const T& port, int index) {
  return uint64_t(port) >> index & 1;
}

template <class T>
typename std::enable_if<!is_plain<T>, uint64_t>::type bit(const T& port, int index) {
  return port[index / 32] >> (index % 32) & 1;
}

template <class T>
typename std::enable_if<is_plain<T>>::type set_bit(T& port, int index, uint64_t value) {
  port = T((port & ~(T(1) << index)) | T(value) << index);
}

template <class T>
typename std::enable_if<!is_plain<T>>::type set_bit(T& port, int index, uint64_t value) {
  port[index / 32] = (port[index / 32] & ~(1u << (index % 32))) | uint32_t(value) << (index % 32);
}

enum Kind { UNSIGNED, SIGNED, BIPOLAR };

// Elements of a beat; element 0 is in the lowest bits.
struct Elements {
  const char* name;
  int lanes;
  int bits;
  Kind kind;
};

template <class T>
int64_t element(const T& port, const Elements& elements, int lane) {
  uint64_t raw = 0;
  for (int i = 0; i < elements.bits; i++) raw |= bit(port, lane * elements.bits + i) << i;
  if (elements.kind == BIPOLAR) return raw ? 1 : -1;
  const bool negative = elements.kind == SIGNED && raw >> (elements.bits - 1) & 1;
  return negative && elements.bits < 64 ? int64_t(raw | ~uint64_t(0) << elements.bits) : int64_t(raw);
}

template <class T>
void set_element(T& port, const Elements& elements, int lane, int64_t raw) {
  const uint64_t bits = elements.kind == BIPOLAR ? raw > 0 : uint64_t(raw);
  for (int i = 0; i < elements.bits; i++) set_bit(port, lane * elements.bits + i, bits >> i & 1);
}

}  // namespace bitloom

#endif
