// Operators of ap_int and ap_fixed against exact models in 128-bit integers.
#include "ap_fixed.h"
#include "ap_int.h"
#include "check.h"

static Digest digest;

template <class T>
void note(const T& x) {
  for (int lo = 0; lo < x.length(); lo += 64) {
    const int hi = lo + 63 < x.length() ? lo + 63 : x.length() - 1;
    digest.add(ap_uint<64>(x.range(hi, lo)).to_uint64());
  }
  digest.add(x.length());
}

template <class T> struct Shape;
template <int W> struct Shape<ap_int<W>> { static const int width = W, fraction = 0; static const bool is_signed = true; };
template <int W> struct Shape<ap_uint<W>> { static const int width = W, fraction = 0; static const bool is_signed = false; };
template <int W, int I, ap_q_mode Q, ap_o_mode O>
struct Shape<ap_fixed<W, I, Q, O>> { static const int width = W, fraction = W - I; static const bool is_signed = true; };
template <int W, int I, ap_q_mode Q, ap_o_mode O>
struct Shape<ap_ufixed<W, I, Q, O>> { static const int width = W, fraction = W - I; static const bool is_signed = false; };

/// The raw value as an exact integer.
template <class T>
I128 raw(const T& x, bool is_signed = Shape<T>::is_signed) {
  I128 r = 0;
  for (int i = 0; i < x.length(); ++i)
    if (x[i]) r |= I128(1) << i;
  if (is_signed && x[x.length() - 1]) r -= I128(1) << x.length();
  return r;
}

template <class T>
T any() {
  T x;
  x.range(Shape<T>::width - 1, 0) = ap_uint<64>(random_pattern());
  return x;
}

/// value * 2^fraction, for a fraction at least that of T.
template <class T>
I128 scaled(const T& x, int fraction) {
  return raw(x) * (I128(1) << (fraction - Shape<T>::fraction));
}

template <class R>
void exact(const R& result, I128 model, int fraction) {
  CHECK(Shape<R>::fraction == fraction);
  CHECK(raw(result) == model);
  note(result);
}

template <class A, class B>
void arithmetic(const A& a, const B& b) {
  const int f = Shape<A>::fraction > Shape<B>::fraction ? Shape<A>::fraction : Shape<B>::fraction;
  const I128 x = scaled(a, f), y = scaled(b, f);
  exact(a + b, x + y, f);
  exact(a - b, x - y, f);
  exact(a * b, raw(a) * raw(b), Shape<A>::fraction + Shape<B>::fraction);
  exact(a & b, x & y, f);
  exact(a | b, x | y, f);
  exact(a ^ b, x ^ y, f);
  CHECK(raw(-a, true) == -raw(a));
  CHECK(!a == (x == 0));
  // Comparisons of mixed signs are left out: AMD's simulation follows C's conversions there.
  if (Shape<A>::is_signed == Shape<B>::is_signed) {
    CHECK((a == b) == (x == y) && (a != b) == (x != y) && (a < b) == (x < y));
    CHECK((a <= b) == (x <= y) && (a > b) == (x > y) && (a >= b) == (x >= y));
  }
}

template <class A>
void single(const A& a) {
  const I128 x = raw(a);
  const int n = int(random_word() % (Shape<A>::width + 2));
  const bool sign = Shape<A>::is_signed;
  CHECK(raw(a >> n, sign) == x >> n);
  A shifted;
  shifted.range(Shape<A>::width - 1, 0) = ap_uint<64>(U64(x * (I128(1) << n)));
  CHECK(raw(a << n, sign) == raw(shifted));
  CHECK(raw(a << -n, sign) == x >> n && raw(a >> -n, sign) == raw(shifted));
  CHECK(raw(~a, sign) == (sign ? ~x : (I128(1) << Shape<A>::width) - 1 - x));
  if (Shape<A>::width <= 53) CHECK(a == a.to_double());
  A b = a;
  const int bit = int(random_word() % Shape<A>::width);
  b[bit] = !b[bit];
  CHECK(raw(b) != x && (raw(b) ^ x) % (I128(1) << bit) == 0);
  note(b);
}

template <class A, class B>
void division(const A& a, const B& b) {
  // A negative divisor of an unsigned dividend is left out, as are the extremes of 64 bits: AMD follows C's conversions there.
  if (raw(b) == 0 || (!Shape<A>::is_signed && Shape<B>::is_signed)) return;
  exact(a / b, raw(a) / raw(b), 0);
  CHECK(raw(a % b) == raw(a) % raw(b));
  A c = a;
  c /= b;
  note(c);
  CHECK(c++ == A(a / b) && --c == A(a / b));
}

template <class A, class B>
void compound(const A& a, const B& b) {
  A sum = a, difference = a, product = a;
  sum += b;
  difference -= b;
  product *= b;
  CHECK(sum == A(a + b) && difference == A(a - b) && product == A(a * b));
  note(sum);
  note(difference);
  note(product);
  note(A(b));
}

template <class A, class B>
void pair() {
  for (int i = 0; i < 300; ++i) {
    const A a = any<A>();
    const B b = any<B>();
    arithmetic(a, b);
    arithmetic(b, a);
    single(a);
    single(b);
    compound(b, a);
  }
}

template <class A, class B>
void integers() {
  pair<A, B>();
  for (int i = 0; i < 300; ++i) {
    const A a = any<A>();
    const B b = any<B>();
    division(a, b);
    compound(a, b);
    const ap_uint<Shape<A>::width + Shape<B>::width> joined = (a, b);
    CHECK(raw(joined) == (scaled(ap_uint<Shape<A>::width>(a), Shape<B>::width) | raw(ap_uint<Shape<B>::width>(b))));
    A high;
    B low;
    (high, low) = joined;
    CHECK(high == a && low == b);
    const int n = int(random_word() % Shape<A>::width);
    A turned = a;
    turned.lrotate(n);
    CHECK(turned[(n + 1) % Shape<A>::width] == a[1 % Shape<A>::width]);
    turned.rrotate(n);
    CHECK(turned == a);
  }
}

void natives() {
  const ap_int<8> a = -5;
  const ap_fixed<16, 9> f = -1.5703125;
  CHECK(a + 1 == -4 && 1 - a == 6 && a * 3 == -15 && 7 / ap_int<4>(2) == 3 && a == -5 && -6 < a && a < 1.5);
  CHECK(f * 2 == -3.140625 && f < -1 && f == -1.5703125 && f + true == -0.5703125 && f > -2.0);
  CHECK(ap_int<8>(f) == -1 && f.to_int() == -1 && int(f) == -1 && double(f) == -1.5703125);
  CHECK(ap_int<8>("-0x12") == -18 && ap_uint<8>("200") == 200 && ap_int<8>("1F", 16) == 31);
  ap_fixed<8, 4, AP_RND, AP_SAT> s = 100;
  CHECK(s == 7.9375);
  s = 0.03125;
  CHECK(s == 0.0625);
  CHECK(ap_int<80>(1e20).to_string(10) == ap_int<80>("100000000000000000000").to_string(10));
  int table[4] = {0, 10, 20, 30};
  CHECK(table[ap_uint<2>(3)] == 30 && (ap_uint<1>(1) ? 1 : 0) == 1);
}

int main() {
  integers<ap_int<8>, ap_int<8>>();
  integers<ap_uint<7>, ap_uint<13>>();
  integers<ap_int<17>, ap_uint<9>>();
  integers<ap_int<33>, ap_uint<31>>();
  integers<ap_uint<1>, ap_uint<1>>();
  integers<ap_int<60>, ap_int<45>>();
  integers<ap_uint<64>, ap_uint<40>>();
  pair<ap_fixed<16, 9>, ap_fixed<12, 4, AP_RND_CONV, AP_SAT>>();
  pair<ap_ufixed<8, 3>, ap_fixed<24, 10, AP_TRN_ZERO, AP_SAT_SYM>>();
  pair<ap_fixed<10, -2>, ap_fixed<9, 12, AP_RND_INF, AP_SAT_ZERO>>();
  pair<ap_int<16>, ap_fixed<16, 2, AP_RND, AP_WRAP_SM>>();
  pair<ap_fixed<40, 20>, ap_ufixed<33, 12, AP_RND_MIN_INF>>();
  natives();
  std::printf("digest %016llx\n", digest.value);
  return failures() != 0;
}
