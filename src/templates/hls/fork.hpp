/// One stream into several.
#ifndef BITLOOM_FORK_HPP
#define BITLOOM_FORK_HPP

#include <hls_stream.h>

#include "hls.hpp"

namespace bitloom {

template <class T>
inline void write_all(const T&) {
BITLOOM_HLS(INLINE)
}

template <class T, class... REST>
inline void write_all(const T& beat, hls::stream<T>& first, REST&... rest) {
  BITLOOM_HLS(INLINE)
  first.write(beat);
  write_all(beat, rest...);
}

/// Copies BEATS beats per frame to every output.
template <int BEATS, class T, class... OUTPUTS>
void fork(const int frames, hls::stream<T>& in, OUTPUTS&... outputs) {
frames:
  for (int frame = 0; frame < frames; frame++) {
  beats:
    for (int beat = 0; beat < BEATS; beat++) {
      BITLOOM_HLS(PIPELINE II=1)
      write_all(in.read(), outputs...);
    }
  }
}

}  // namespace bitloom

#endif
