/// Directives for HLS. Other compilers do not know them and would warn. UG1399 "HLS pragmas".
#ifndef BITLOOM_HLS_HPP
#define BITLOOM_HLS_HPP

#ifdef __SYNTHESIS__
#define BITLOOM_PRAGMA(text) _Pragma(#text)
#define BITLOOM_HLS(...) BITLOOM_PRAGMA(HLS __VA_ARGS__)
#else
#define BITLOOM_HLS(...)
// Labels name loops in the reports of HLS; nothing jumps to them.
#pragma GCC diagnostic ignored "-Wunused-label"
#endif

/// Some operations have two forms of the same result: one that is small in hardware, and one that is fast on a CPU. Tests define
/// this to run the first one.
#ifdef __SYNTHESIS__
#define BITLOOM_AS_SYNTHESIZED
#endif

#endif
