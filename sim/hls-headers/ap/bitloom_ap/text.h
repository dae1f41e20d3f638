#pragma once
#include <iosfwd>
#include <string>

#include "limbs_divide.h"
#include "operand.h"

// Numbers as text.
namespace bitloom_ap {

constexpr int digit_value(char c) {
  return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'z' ? c - 'a' + 10 : c >= 'A' && c <= 'Z' ? c - 'A' + 10 : 99;
}

/// The radix that the prefix at `text` names, which is then skipped; 0 without a prefix.
inline int take_prefix(const char*& text) {
  if (text[0] != '0') return 0;
  const int radix = (text[1] | 32) == 'x' ? 16 : (text[1] | 32) == 'b' ? 2 : (text[1] | 32) == 'o' ? 8 : 0;
  if (radix != 0) text += 2;
  return radix;
}

/// An integer like -0x1F, 0b101, 0o17 or 31, or without prefix in the given radix; wraps to N limbs.
template <int N>
Limbs<N> parse_integer(const char* text, int radix) {
  const bool negative = *text == '-';
  if (*text == '-' || *text == '+') ++text;
  const char* digits = text;
  const int named = take_prefix(digits);
  // "0b1" is a hexadecimal number where the caller says so.
  if (named != 0 && (radix == 0 || radix == named)) {
    text = digits;
    radix = named;
  }
  if (radix == 0) radix = 10;
  Limbs<N> x{};
  for (; *text != 0; ++text) {
    if (*text == '_') continue;
    if (digit_value(*text) >= radix) stop("text that is not a number for an arbitrary precision type");
    x = add(multiply(x, from_native<N>(radix)), from_native<N>(digit_value(*text)));
  }
  return negative ? negate(x) : x;
}

inline double parse_real(const char* text) {
  const char* digits = *text == '-' || *text == '+' ? text + 1 : text;
  const int radix = take_prefix(digits);
  if (radix != 2 && radix != 8) return std::strtod(text, nullptr);
  double value = 0, place = 1;
  bool fraction = false;
  for (; *digits != 0; ++digits) {
    if (*digits == '.') {
      fraction = true;
      continue;
    }
    if (digit_value(*digits) >= radix) stop("text that is not a number for an arbitrary precision type");
    if (fraction) place /= radix;
    value = fraction ? value + digit_value(*digits) * place : value * radix + digit_value(*digits);
  }
  return *text == '-' ? -value : value;
}

/// Digits of a value that is not negative, at least `least` of them.
template <int N>
std::string digits_of(Limbs<N> x, int radix, int least) {
  std::string text;
  while (!is_zero(x) || int(text.size()) < least) {
    Word rest = 0;
    for (int i = N - 1; i >= 0; --i) {
      const DoubleWord part = DoubleWord(rest) << 64 | x.at[i];
      x.at[i] = static_cast<Word>(part / unsigned(radix));
      rest = static_cast<Word>(part % unsigned(radix));
    }
    text.insert(text.begin(), "0123456789abcdef"[rest]);
  }
  return text;
}

inline const char* prefix_of(int radix) { return radix == 2 ? "0b" : radix == 8 ? "0o" : radix == 16 ? "0x" : ""; }

/// Sign and magnitude; the W bits themselves for a negative number in radix 2, or when `is_signed` is off (not in radix 10).
template <int W>
std::string format_integer(const Limbs<limbs_for(W + 1)>& x, int radix, bool is_signed) {
  constexpr int N = limbs_for(W + 1);
  const bool bits = is_negative(x) && radix != 10 && (radix == 2 || !is_signed);
  const std::string digits = bits ? digits_of(bit_and(x, low_ones<N>(W)), radix, 1) : digits_of(magnitude(x), radix, 1);
  return (is_negative(x) && !bits ? "-" : "") + std::string(prefix_of(radix)) + digits;
}

/// The bits with their point; two's complement, at least one digit before the point.
template <int W, int I>
std::string format_bits(const Limbs<limbs_for(W + 1)>& x) {
  constexpr int fraction = W - I;
  std::string text = digits_of(bit_and(x, low_ones<limbs_for(W + 1)>(W)), 2, W);
  if (fraction <= 0) return prefix_of(2) + text + std::string(-fraction, '0');
  if (I < 1) text.insert(0, 1 - I, is_negative(x) ? '1' : '0');
  return prefix_of(2) + text.insert(text.size() - fraction, ".");
}

/// Exact in every radix: bits in radix 2, sign and magnitude in the others.
template <int W, int I>
std::string format_fixed(const Limbs<limbs_for(W + 1)>& x, int radix) {
  if (radix == 2) return format_bits<W, I>(x);
  constexpr int fraction = max_of(W - I, 0);
  constexpr int N = limbs_for(max_of(W, I) + fraction + 8);
  Limbs<N> rest = shift_left(resize<N>(magnitude(x), false), max_of(I - W, 0));
  std::string text = (is_negative(x) ? "-" : "") + std::string(prefix_of(radix)) + digits_of(shift_right(rest, fraction), radix, 1);
  const Limbs<N> mask = low_ones<N>(fraction);
  rest = bit_and(rest, mask);
  if (is_zero(rest)) return text;
  for (text += '.'; !is_zero(rest); rest = bit_and(rest, mask)) {
    rest = multiply(rest, from_native<N>(radix));
    text += digits_of(shift_right(rest, fraction), radix, 1);
  }
  // C reads a hexadecimal fraction only with an exponent.
  return radix == 16 ? text + "p0" : text;
}

/// Works for any stream whose header the user includes, so that these headers need none.
template <class C, class T, int W, bool S>
std::basic_ostream<C, T>& operator<<(std::basic_ostream<C, T>& out, const Int<W, S>& x) {
  const int radix = (out.flags() & out.hex) != 0 ? 16 : (out.flags() & out.oct) != 0 ? 8 : 10;
  return out << x.to_string(radix).c_str();
}
template <class C, class T, int W, int I, bool S, ap_q_mode Q, ap_o_mode O, int N>
std::basic_ostream<C, T>& operator<<(std::basic_ostream<C, T>& out, const Fixed<W, I, S, Q, O, N>& x) {
  return out << x.to_double();
}
template <class C, class T, class B>
std::basic_ostream<C, T>& operator<<(std::basic_ostream<C, T>& out, const BitRef<B>& x) {
  return out << bool(x);
}
template <class C, class T, class B>
std::basic_ostream<C, T>& operator<<(std::basic_ostream<C, T>& out, const RangeRef<B>& x) {
  return out << IntType<B::width, false>(x);
}

}  // namespace bitloom_ap
