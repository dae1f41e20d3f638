/// Windows of a feature map that streams in pixel by pixel.
#ifndef BITLOOM_SLIDING_WINDOW_HPP
#define BITLOOM_SLIDING_WINDOW_HPP

#include <hls_stream.h>

#include "bits.hpp"

namespace bitloom {

/// The numbers of a window that follow from those of its SHAPE:
///   height, width, channels      the map that streams in
///   top, left                    padded rows and columns before it; padded elements hold the bits `fill`
///   rows, columns                of the padded map, as far as it is looked at; at least four columns, so that what a line
///                                buffer stores is there when it is read
///   kernel_height, kernel_width, stride_rows, stride_columns
///   out_height, out_width        windows
///   groups                       of channels, which go out one after another
///   simd                         elements per outgoing chunk
///   bits, planes                 of an element; each plane of bits goes out in its own part of the chunk
///   signs                        true: an incoming element is one bit of +1 or -1, an outgoing one has two bits, +1, -1 or 0
template <class SHAPE>
struct window_numbers {
  static const int element_bits = SHAPE::signs ? 1 : SHAPE::bits;
  static const int plane_bits = SHAPE::bits / SHAPE::planes;
  static const int group_bits = SHAPE::channels / SHAPE::groups * plane_bits;
  static const int parts = SHAPE::planes * SHAPE::groups;
  static const int pixel_bits = parts * group_bits;
  static const int row_bits = SHAPE::kernel_width * group_bits;
  static const int part_bits = SHAPE::kernel_height * row_bits;
  static const int chunk_bits = SHAPE::simd * SHAPE::bits;
  static const int chunk_plane_bits = SHAPE::simd * plane_bits;
  static const int folds = part_bits / chunk_plane_bits;
  static const int chunks = SHAPE::groups * folds;
  static const int lines = SHAPE::kernel_height > 1 ? SHAPE::kernel_height - 1 : 1;
  static const int steps = SHAPE::rows * SHAPE::columns + SHAPE::out_height * SHAPE::out_width * (chunks - 1);
};

/// Bits of channel c as they stand in a chunk.
template <class SHAPE>
inline ap_uint<SHAPE::bits> window_element(const ap_uint<window_numbers<SHAPE>::element_bits>& element) {
  BITLOOM_HLS(INLINE)
  if (!SHAPE::signs) return element;
  return element[0] ? 1 : 3;
}

/// A pixel with its planes one after another.
template <class SHAPE>
inline ap_uint<window_numbers<SHAPE>::pixel_bits> window_pixel(
    const ap_uint<SHAPE::channels * window_numbers<SHAPE>::element_bits>& pixel) {
  BITLOOM_HLS(INLINE)
  typedef window_numbers<SHAPE> numbers;
  if (SHAPE::planes == 1 && !SHAPE::signs) return pixel;
  ap_uint<numbers::pixel_bits> arranged = 0;
channels:
  for (int c = 0; c < SHAPE::channels; c++) {
    BITLOOM_HLS(UNROLL)
    const ap_uint<SHAPE::bits> element = window_element<SHAPE>(lane<numbers::element_bits>(pixel, c));
  planes:
    for (int p = 0; p < SHAPE::planes; p++) {
      BITLOOM_HLS(UNROLL)
      set_lane<numbers::plane_bits>(arranged, p * SHAPE::channels + c, lane<numbers::plane_bits>(element, p));
    }
  }
  return arranged;
}

/// Every element `fill`.
template <class SHAPE>
inline ap_uint<window_numbers<SHAPE>::pixel_bits> window_padding() {
  BITLOOM_HLS(INLINE)
  typedef window_numbers<SHAPE> numbers;
  const ap_uint<SHAPE::bits> element = SHAPE::fill;
  ap_uint<numbers::pixel_bits> padding = 0;
elements:
  for (int i = 0; i < SHAPE::planes * SHAPE::channels; i++) {
    BITLOOM_HLS(UNROLL)
    set_lane<numbers::plane_bits>(padding, i, lane<numbers::plane_bits>(element, i / SHAPE::channels));
  }
  return padding;
}

/// Shifts a column of pixels into the window.
template <class SHAPE>
inline void shift_in(
    ap_uint<window_numbers<SHAPE>::row_bits> (&rows)[window_numbers<SHAPE>::parts][SHAPE::kernel_height],
    const ap_uint<window_numbers<SHAPE>::pixel_bits> (&column)[SHAPE::kernel_height]) {
  BITLOOM_HLS(INLINE)
  typedef window_numbers<SHAPE> numbers;
parts:
  for (int p = 0; p < numbers::parts; p++) {
    BITLOOM_HLS(UNROLL)
  rows:
    for (int r = 0; r < SHAPE::kernel_height; r++) {
      BITLOOM_HLS(UNROLL)
      ap_uint<numbers::row_bits> shifted = rows[p][r] >> numbers::group_bits;
      set_lane<numbers::group_bits>(shifted, SHAPE::kernel_width - 1, lane<numbers::group_bits>(column[r], p));
      rows[p][r] = shifted;
    }
  }
}

/// Chunk `fold` of a group's window: kernel row, kernel column, channel; plane by plane.
template <class SHAPE>
inline ap_uint<window_numbers<SHAPE>::chunk_bits> window_chunk(
    const ap_uint<window_numbers<SHAPE>::row_bits> (&rows)[window_numbers<SHAPE>::parts][SHAPE::kernel_height],
    const int group, const int fold) {
  BITLOOM_HLS(INLINE)
  typedef window_numbers<SHAPE> numbers;
  ap_uint<numbers::chunk_bits> chunk = 0;
planes:
  for (int p = 0; p < SHAPE::planes; p++) {
    BITLOOM_HLS(UNROLL)
    ap_uint<numbers::part_bits> part = 0;
  rows:
    for (int r = 0; r < SHAPE::kernel_height; r++) {
      BITLOOM_HLS(UNROLL)
      set_lane<numbers::row_bits>(part, r, rows[p * SHAPE::groups + (SHAPE::groups == 1 ? 0 : group)][r]);
    }
  folds:
    for (int f = 0; f < numbers::folds; f++) {
      BITLOOM_HLS(UNROLL)
      if (f == fold) set_lane<numbers::chunk_plane_bits>(chunk, p, lane<numbers::chunk_plane_bits>(part, f));
    }
  }
  return chunk;
}

/// Reads the map of each frame, a pixel per beat, and sends each window in chunks of `simd` elements: KH - 1 rows wait in line
/// buffers, the window in registers. A chunk or a padded pixel per cycle.
template <class SHAPE>
void sliding_window(hls::stream<ap_uint<SHAPE::channels * window_numbers<SHAPE>::element_bits>>& in,
                    hls::stream<ap_uint<window_numbers<SHAPE>::chunk_bits>>& out, const int frames) {
  typedef window_numbers<SHAPE> numbers;
  typedef ap_uint<numbers::pixel_bits> pixel_type;
  pixel_type lines[numbers::lines][SHAPE::columns];
  BITLOOM_HLS(ARRAY_PARTITION variable=lines complete dim=1)
  BITLOOM_HLS(DEPENDENCE variable=lines inter false)
  ap_uint<numbers::row_bits> rows[numbers::parts][SHAPE::kernel_height];
  BITLOOM_HLS(ARRAY_PARTITION variable=rows complete dim=0)
  const pixel_type padding = window_padding<SHAPE>();
  int row = 0;
  int column = 0;
  int row_phase = 0;
  int column_phase = 0;
  int group = 0;
  int fold = 0;
frames:
  for (int frame = 0; frame < frames; frame++) {
  steps:
    for (int step = 0; step < numbers::steps; step++) {
      BITLOOM_HLS(PIPELINE II=1)
      if (group == 0 && fold == 0) {
        const bool inside = row >= SHAPE::top && row < SHAPE::top + SHAPE::height && column >= SHAPE::left &&
                            column < SHAPE::left + SHAPE::width;
        pixel_type pixel = padding;
        if (inside) pixel = window_pixel<SHAPE>(in.read());
        pixel_type seen[SHAPE::kernel_height];
        BITLOOM_HLS(ARRAY_PARTITION variable=seen complete)
        seen[SHAPE::kernel_height - 1] = pixel;
      lines:
        for (int r = 0; r < SHAPE::kernel_height - 1; r++) {
          BITLOOM_HLS(UNROLL)
          seen[r] = lines[r][column];
        }
      next_lines:
        for (int r = 0; r < SHAPE::kernel_height - 1; r++) {
          BITLOOM_HLS(UNROLL)
          lines[r][column] = seen[r + 1];
        }
        shift_in<SHAPE>(rows, seen);
      }
      const bool due = row >= SHAPE::kernel_height - 1 && column >= SHAPE::kernel_width - 1 && row_phase == 0 &&
                       column_phase == 0 && column < SHAPE::kernel_width + (SHAPE::out_width - 1) * SHAPE::stride_columns;
      if (due) out.write(window_chunk<SHAPE>(rows, group, fold));
      const bool last_fold = !due || fold == numbers::folds - 1;
      const bool last_chunk = !due || (last_fold && group == SHAPE::groups - 1);
      fold = last_fold ? 0 : fold + 1;
      if (last_fold) group = last_chunk ? 0 : group + 1;
      if (last_chunk) {
        const bool last_column = column == SHAPE::columns - 1;
        const bool last_row = row == SHAPE::rows - 1;
        if (last_column) {
          row_phase = last_row || row < SHAPE::kernel_height - 1 || row_phase == SHAPE::stride_rows - 1 ? 0
                                                                                                         : row_phase + 1;
          row = last_row ? 0 : row + 1;
        }
        column_phase =
            last_column || column < SHAPE::kernel_width - 1 || column_phase == SHAPE::stride_columns - 1 ? 0
                                                                                                         : column_phase + 1;
        column = last_column ? 0 : column + 1;
      }
    }
  }
}

}  // namespace bitloom

#endif
