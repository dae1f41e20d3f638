/// Ports: memory (m_axi) or AXI-Stream, 64 bits wide. Each element stands in a container of 8, 16, 32 or 64 bits, little-endian
/// and sign-extended, a bipolar one as +1 or -1 in 8 bits; pixels in row-major order, channels last; every frame begins at a
/// multiple of 8 bytes.
#ifndef BITLOOM_PORT_HPP
#define BITLOOM_PORT_HPP

#include <ap_axi_sdata.h>

#include "repack.hpp"

namespace bitloom {

typedef ap_uint<64> word;
typedef ap_axiu<64, 0, 0, 0> axi_word;

/// How a container stands for an element.
enum element_kind { UNSIGNED_ELEMENT, SIGNED_ELEMENT, BIPOLAR_ELEMENT };

/// Reads WORDS words per frame from memory, in one loop so that HLS sees one burst.
template <int WORDS>
void load_memory(const word* memory, hls::stream<word>& out, const int frames) {
load:
  for (int i = 0; i < frames * WORDS; i++) {
    BITLOOM_HLS(PIPELINE II=1)
    out.write(memory[i]);
  }
}

template <int WORDS>
void store_memory(hls::stream<word>& in, word* memory, const int frames) {
store:
  for (int i = 0; i < frames * WORDS; i++) {
    BITLOOM_HLS(PIPELINE II=1)
    memory[i] = in.read();
  }
}

template <int WORDS>
void load_axis(hls::stream<axi_word>& port, hls::stream<word>& out, const int frames) {
frames:
  for (int frame = 0; frame < frames; frame++) {
  load:
    for (int i = 0; i < WORDS; i++) {
      BITLOOM_HLS(PIPELINE II=1)
      out.write(port.read().data);
    }
  }
}

/// TLAST ends the last word of the call, so that a DMA transfer of all its frames finishes.
template <int WORDS>
void store_axis(hls::stream<word>& in, hls::stream<axi_word>& port, const int frames) {
frames:
  for (int frame = 0; frame < frames; frame++) {
  store:
    for (int i = 0; i < WORDS; i++) {
      BITLOOM_HLS(PIPELINE II=1)
      axi_word beat;
      beat.data = in.read();
      beat.keep = -1;
      beat.strb = -1;
      beat.last = frame == frames - 1 && i == WORDS - 1 ? 1 : 0;
      port.write(beat);
    }
  }
}

/// Containers -> elements of BITS bits, 64 / CONTAINER of them per word.
template <element_kind KIND, int BITS, int CONTAINER, int WORDS>
void from_containers(hls::stream<word>& in, hls::stream<ap_uint<64 / CONTAINER * BITS>>& out, const int frames) {
  const int elements = 64 / CONTAINER;
frames:
  for (int frame = 0; frame < frames; frame++) {
  unpack:
    for (int i = 0; i < WORDS; i++) {
      BITLOOM_HLS(PIPELINE II=1)
      const word containers = in.read();
      ap_uint<elements * BITS> beat = 0;
    elements:
      for (int e = 0; e < elements; e++) {
        BITLOOM_HLS(UNROLL)
        const ap_uint<CONTAINER> container = lane<CONTAINER>(containers, e);
        ap_uint<BITS> element = container;
        if (KIND == BIPOLAR_ELEMENT) element = container[CONTAINER - 1] ? 0 : 1;
        set_lane<BITS>(beat, e, element);
      }
      out.write(beat);
    }
  }
}

/// Elements of BITS bits -> containers; those beyond the ELEMENTS of a frame are 0.
template <element_kind KIND, int BITS, int CONTAINER, int ELEMENTS, int WORDS>
void to_containers(hls::stream<ap_uint<64 / CONTAINER * BITS>>& in, hls::stream<word>& out, const int frames) {
  const int per_word = 64 / CONTAINER;
  int left = ELEMENTS;
frames:
  for (int frame = 0; frame < frames; frame++) {
  pack:
    for (int i = 0; i < WORDS; i++) {
      BITLOOM_HLS(PIPELINE II=1)
      const ap_uint<per_word * BITS> beat = in.read();
      word containers = 0;
    elements:
      for (int e = 0; e < per_word; e++) {
        BITLOOM_HLS(UNROLL)
        const ap_uint<BITS> element = lane<BITS>(beat, e);
        ap_uint<CONTAINER> container = element;
        if (KIND == SIGNED_ELEMENT) container = ap_int<CONTAINER>(ap_int<BITS>(element));
        if (KIND == BIPOLAR_ELEMENT) container = element[0] ? ap_int<CONTAINER>(1) : ap_int<CONTAINER>(-1);
        if (e < left) set_lane<CONTAINER>(containers, e, container);
      }
      out.write(containers);
      left = left <= per_word ? ELEMENTS : left - per_word;
    }
  }
}

}  // namespace bitloom

#endif
