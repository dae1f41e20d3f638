#pragma once

/// Quantization modes, UG1399 "Quantization Modes": what happens to fraction bits that do not fit.
enum ap_q_mode {
  AP_RND,          ///< to nearest, ties up
  AP_RND_ZERO,     ///< to nearest, ties toward zero
  AP_RND_MIN_INF,  ///< to nearest, ties down
  AP_RND_INF,      ///< to nearest, ties away from zero
  AP_RND_CONV,     ///< to nearest, ties to even
  AP_TRN,          ///< down
  AP_TRN_ZERO,     ///< toward zero
};

/// Overflow modes, UG1399 "Overflow Modes": what happens to integer bits that do not fit.
enum ap_o_mode {
  AP_SAT,       ///< the nearest limit
  AP_SAT_ZERO,  ///< zero
  AP_SAT_SYM,   ///< the nearest limit, the negative one being -maximum
  AP_WRAP,      ///< the low bits
  AP_WRAP_SM,   ///< the low bits, mirrored so that the result has no jump
};

template <int W> class ap_int;
template <int W> class ap_uint;
template <int W, int I, ap_q_mode Q = AP_TRN, ap_o_mode O = AP_WRAP, int N = 0> class ap_fixed;
template <int W, int I, ap_q_mode Q = AP_TRN, ap_o_mode O = AP_WRAP, int N = 0> class ap_ufixed;

namespace bitloom_ap {

template <int W, bool S> class Bits;
template <int W, bool S> class Int;
template <int W, int I, bool S, ap_q_mode Q, ap_o_mode O, int N> class Fixed;
template <class B> class BitRef;
template <class B> class RangeRef;
template <class A, class B> class Concat;

template <int W, bool S> struct IntTypeOf { using type = ap_int<W>; };
template <int W> struct IntTypeOf<W, false> { using type = ap_uint<W>; };
template <int W, bool S> using IntType = typename IntTypeOf<W, S>::type;

template <int W, int I, bool S> struct FixedTypeOf { using type = ap_fixed<W, I>; };
template <int W, int I> struct FixedTypeOf<W, I, false> { using type = ap_ufixed<W, I>; };
template <int W, int I, bool S> using FixedType = typename FixedTypeOf<W, I, S>::type;

}  // namespace bitloom_ap
