#pragma once
#include <cstdio>
#include <cstdlib>

// What the test programs share. They use only what AMD's headers have too, so that either can be compiled and compared.

using U64 = unsigned long long;
__extension__ typedef __int128 I128;

inline int& failures() {
  static int count = 0;
  return count;
}

#define CHECK(condition)                                                    \
  do {                                                                      \
    if (!(condition)) {                                                     \
      std::printf("%s:%d: not so: %s\n", __FILE__, __LINE__, #condition);   \
      if (++failures() > 20) std::exit(1);                                  \
    }                                                                       \
  } while (0)

/// xorshift64*, so that runs are the same everywhere.
inline U64 random_word() {
  static U64 state = 0x9e3779b97f4a7c15ULL;
  state ^= state >> 12;
  state ^= state << 25;
  state ^= state >> 27;
  return state * 0x2545f4914f6cdd1dULL;
}

/// Extremes as often as anything else.
inline U64 random_pattern() {
  switch (random_word() % 6) {
    case 0: return 0;
    case 1: return ~0ULL;
    case 2: return random_word() % 8;
    case 3: return ~(random_word() % 8);
    case 4: return 1ULL << (random_word() % 64);
    default: return random_word();
  }
}

/// FNV-1a over 64-bit words; its value is the trace that is compared between headers.
struct Digest {
  U64 value = 0xcbf29ce484222325ULL;
  void add(U64 word) { value = (value ^ word) * 0x100000001b3ULL; }
};
