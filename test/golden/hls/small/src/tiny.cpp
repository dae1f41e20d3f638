// tiny: 8 nodes in 11 stages, 100 cycles per frame
#include "tiny.hpp"

#include "kernels/fork.hpp"
#include "kernels/repack.hpp"
#include "kernels/tap.hpp"
#include "stages/encoded.hpp"
#include "stages/first.hpp"
#include "stages/bent.hpp"
#include "stages/second.hpp"
#include "stages/joined.hpp"
#include "stages/pooled.hpp"
#include "stages/scores.hpp"

void tiny(const bitloom::word* input_words, bitloom::word* output_words, int frames) {
#ifdef __SYNTHESIS__
#pragma HLS INTERFACE m_axi port = input_words offset = slave bundle = input_memory depth = 8
#pragma HLS INTERFACE s_axilite port = input_words
#pragma HLS INTERFACE m_axi port = output_words offset = slave bundle = output_memory depth = 4
#pragma HLS INTERFACE s_axilite port = output_words
#pragma HLS INTERFACE s_axilite port = frames
#pragma HLS INTERFACE s_axilite port = return
#pragma HLS DATAFLOW
#endif
  hls::stream<ap_uint<64>> input_port("input_port");
  hls::stream<ap_uint<64>> input_elements("input_elements");
  hls::stream<ap_uint<8>> s_image_to_encoded("s_image_to_encoded");
  hls::stream<ap_uint<4>> s_encoded_to_first("s_encoded_to_first");
  hls::stream<ap_uint<7>> s_first_to_bent("s_first_to_bent");
  hls::stream<ap_uint<12>> s_bent_to_fork("s_bent_to_fork");
  hls::stream<ap_uint<12>> s_bent_to_second("s_bent_to_second");
  hls::stream<ap_uint<48>> s_bent_to_second_2("s_bent_to_second_2");
  hls::stream<ap_uint<12>> s_bent_to_joined("s_bent_to_joined");
  hls::stream<ap_uint<24>> s_second_to_joined("s_second_to_joined");
  hls::stream<ap_uint<12>> s_second_to_joined_2("s_second_to_joined_2");
  hls::stream<ap_uint<12>> s_joined_to_pooled("s_joined_to_pooled");
  hls::stream<ap_uint<48>> s_joined_to_pooled_2("s_joined_to_pooled_2");
  hls::stream<ap_uint<12>> s_pooled_to_scores("s_pooled_to_scores");
  hls::stream<ap_uint<17>> s_scores_to_output("s_scores_to_output");
  hls::stream<ap_uint<34>> output_elements("output_elements");
  hls::stream<ap_uint<64>> output_port("output_port");
#ifdef __SYNTHESIS__
#pragma HLS STREAM variable = input_port depth = 2
#pragma HLS STREAM variable = input_elements depth = 2
#pragma HLS STREAM variable = s_image_to_encoded depth = 2
#pragma HLS STREAM variable = s_encoded_to_first depth = 2
#pragma HLS STREAM variable = s_first_to_bent depth = 2
#pragma HLS STREAM variable = s_bent_to_fork depth = 2
#pragma HLS STREAM variable = s_bent_to_second depth = 2
#pragma HLS STREAM variable = s_bent_to_second_2 depth = 2
#pragma HLS STREAM variable = s_bent_to_joined depth = 20
#pragma HLS STREAM variable = s_second_to_joined depth = 2
#pragma HLS STREAM variable = s_second_to_joined_2 depth = 2
#pragma HLS STREAM variable = s_joined_to_pooled depth = 2
#pragma HLS STREAM variable = s_joined_to_pooled_2 depth = 2
#pragma HLS STREAM variable = s_pooled_to_scores depth = 2
#pragma HLS STREAM variable = s_scores_to_output depth = 2
#pragma HLS STREAM variable = output_elements depth = 2
#pragma HLS STREAM variable = output_port depth = 2
#endif

  bitloom::load_memory<4>(input_words, input_port, frames);
  bitloom::from_containers<bitloom::UNSIGNED_ELEMENT, 8, 8, 4>(input_port, input_elements, frames);
  bitloom::repack<8, 8, 1, 4, 25>(input_elements, s_image_to_encoded, frames);
  stage_encoded(s_image_to_encoded, s_encoded_to_first, frames);
  BITLOOM_TAP_STREAM("encoded", s_encoded_to_first, 1, 4, BIPOLAR)
  stage_first(s_encoded_to_first, s_first_to_bent, frames);
  BITLOOM_TAP_STREAM("first", s_first_to_bent, 7, 1, SIGNED)
  stage_bent(s_first_to_bent, s_bent_to_fork, frames);
  BITLOOM_TAP_STREAM("bent", s_bent_to_fork, 12, 1, SIGNED)
  bitloom::fork<100>(frames, s_bent_to_fork, s_bent_to_second, s_bent_to_joined);
  bitloom::convert<12, 1, 4, 100>(s_bent_to_second, s_bent_to_second_2, frames);
  stage_second(s_bent_to_second_2, s_second_to_joined, frames);
  BITLOOM_TAP_STREAM("second", s_second_to_joined, 12, 2, SIGNED)
  bitloom::convert<12, 2, 1, 50>(s_second_to_joined, s_second_to_joined_2, frames);
  stage_joined(s_bent_to_joined, s_second_to_joined_2, s_joined_to_pooled, frames);
  BITLOOM_TAP_STREAM("joined", s_joined_to_pooled, 12, 1, SIGNED)
  bitloom::convert<12, 1, 4, 100>(s_joined_to_pooled, s_joined_to_pooled_2, frames);
  stage_pooled(s_joined_to_pooled_2, s_pooled_to_scores, frames);
  BITLOOM_TAP_STREAM("pooled", s_pooled_to_scores, 12, 1, SIGNED)
  stage_scores(s_pooled_to_scores, s_scores_to_output, frames);
  BITLOOM_TAP_STREAM("scores", s_scores_to_output, 17, 1, SIGNED)
  bitloom::repack<17, 1, 2, 3, 2>(s_scores_to_output, output_elements, frames);
  bitloom::to_containers<bitloom::SIGNED_ELEMENT, 17, 32, 3, 2>(output_elements, output_port, frames);
  bitloom::store_memory<2>(output_port, output_words, frames);
}
