#pragma once
#include <cstddef>

#include "ap_int.h"

// AXI4-Stream beats, UG1399 "AXI4-Stream Interfaces". Works on top of AMD's ap_int.h too.
namespace bitloom_hls {

/// A side channel of W bits; one of 0 bits is not a port, but keeps a bit here so that code may name it.
template <int W>
using Side = ap_uint<(W > 0 ? W : 1)>;

}  // namespace bitloom_hls

namespace hls {

/// One beat: payload T and the side channels of the protocol. A DMA finishes at `last`, and takes the bytes set in `keep`.
template <class T, std::size_t WUser, std::size_t WId, std::size_t WDest>
struct axis {
  static constexpr std::size_t bytes = sizeof(T);
  T data;
  ap_uint<bytes> keep;
  ap_uint<bytes> strb;
  bitloom_hls::Side<int(WUser)> user;
  ap_uint<1> last;
  bitloom_hls::Side<int(WId)> id;
  bitloom_hls::Side<int(WDest)> dest;
};

/// A beat whose payload has its width in bits.
template <class T, int W, int WUser, int WId, int WDest>
struct axis_bits {
  T data;
  ap_uint<(W + 7) / 8> keep;
  ap_uint<(W + 7) / 8> strb;
  bitloom_hls::Side<WUser> user;
  ap_uint<1> last;
  bitloom_hls::Side<WId> id;
  bitloom_hls::Side<WDest> dest;
};

template <int W, std::size_t WUser, std::size_t WId, std::size_t WDest>
struct axis<ap_uint<W>, WUser, WId, WDest> : axis_bits<ap_uint<W>, W, int(WUser), int(WId), int(WDest)> {};
template <int W, std::size_t WUser, std::size_t WId, std::size_t WDest>
struct axis<ap_int<W>, WUser, WId, WDest> : axis_bits<ap_int<W>, W, int(WUser), int(WId), int(WDest)> {};

}  // namespace hls

template <int W, int WUser, int WId, int WDest>
using ap_axiu = hls::axis<ap_uint<W>, WUser, WId, WDest>;
template <int W, int WUser, int WId, int WDest>
using ap_axis = hls::axis<ap_int<W>, WUser, WId, WDest>;
