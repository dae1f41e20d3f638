/// Channels of several maps side by side.
#ifndef BITLOOM_CONCAT_HPP
#define BITLOOM_CONCAT_HPP

#include <hls_stream.h>

#include "bits.hpp"

namespace bitloom {

/// Beat `beat` of a pixel: the first COUNT beats come from the first stream, then COUNTS from the others.
template <class T, int COUNT>
inline T concat_beat(const int, hls::stream<T>& last) {
  BITLOOM_HLS(INLINE)
  return last.read();
}

template <class T, int COUNT, int... COUNTS, class... REST>
inline T concat_beat(const int beat, hls::stream<T>& first, REST&... rest) {
  BITLOOM_HLS(INLINE)
  return beat < COUNT ? first.read() : concat_beat<T, COUNTS...>(beat - COUNT, rest...);
}

/// SHAPE: pixels (per frame), beats (per pixel), beat_bits. COUNTS are the beats per pixel of each input.
template <class SHAPE, int... COUNTS, class... INPUTS>
void concat(hls::stream<ap_uint<SHAPE::beat_bits>>& out, const int frames, INPUTS&... inputs) {
  BITLOOM_HLS(INLINE)
  int beat = 0;
frames:
  for (int frame = 0; frame < frames; frame++) {
  beats:
    for (int i = 0; i < SHAPE::pixels * SHAPE::beats; i++) {
      BITLOOM_HLS(PIPELINE II=1)
      out.write(concat_beat<ap_uint<SHAPE::beat_bits>, COUNTS...>(beat, inputs...));
      beat = beat == SHAPE::beats - 1 ? 0 : beat + 1;
    }
  }
}

}  // namespace bitloom

#endif
