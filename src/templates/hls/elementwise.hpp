/// What the units of elementwise stages call.
#ifndef BITLOOM_ELEMENTWISE_HPP
#define BITLOOM_ELEMENTWISE_HPP

#include "shift_add.hpp"

namespace bitloom {

/// How many of the ascending cut points are <= the raw.
template <class RAW, class CUT, int COUNT>
inline ap_uint<bits_for(COUNT + 1)> count_reached(const RAW& raw, const CUT (&cuts)[COUNT]) {
  BITLOOM_HLS(INLINE)
  ap_uint<bits_for(COUNT + 1)> count = 0;
cuts:
  for (int i = 0; i < COUNT; i++) {
    BITLOOM_HLS(UNROLL)
    count += ap_uint<1>(raw >= cuts[i]);
  }
  return count;
}

/// Where the last cut points are beyond what the raw's type holds: only the first `reachable` of them count.
template <class RAW, class CUT, int COUNT>
inline ap_uint<bits_for(COUNT + 1)> count_reached(const RAW& raw, const CUT (&cuts)[COUNT], const int reachable) {
  BITLOOM_HLS(INLINE)
  const ap_uint<bits_for(COUNT + 1)> count = count_reached(raw, cuts);
  return count > reachable ? ap_uint<bits_for(COUNT + 1)>(reachable) : count;
}

/// The value whose raw stands in the table for the raw of x; the first entry stands for `low`.
template <class T, class RAW, class ENTRY, int COUNT>
inline T look_up(const RAW& raw, const ENTRY (&table)[COUNT], int low) {
  BITLOOM_HLS(INLINE)
  return from_raw<T>(table[int(raw) - low]);
}

}  // namespace bitloom

#endif
