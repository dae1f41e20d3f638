#pragma once
#include "ap_fixed.h"
#include "check.h"

/// Casts raw values of type From to type To and compares the raw results; both as 64-bit words.
template <class From, class To, int N>
void cast(const U64 (&vectors)[N][2]) {
  for (const U64* v : vectors) {
    From from;
    from.range(from.length() - 1, 0) = ap_uint<64>(v[0]);
    const To to = from;
    const ap_uint<64> raw = to.range(to.length() - 1, 0);
    CHECK((raw.to_uint64() ^ v[1]) << (64 - to.length()) == 0);
  }
}
