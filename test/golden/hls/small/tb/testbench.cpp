// Runs tiny over frames from a file and compares what comes out.
//
//   testbench [input.bin [expected.bin|- [output.bin [frames [frames per call]]]]]
//
// By default all frames of the input, 2 per call, the number that the ports' depths are meant for. Files hold frames as they lie in memory at the ports (src/kernels/port.hpp). The exit status is 0 only if all is equal.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include "../src/tiny.hpp"

namespace {

typedef std::vector<bitloom::word> words;

/// Reads whole frames of 64-bit little-endian words.
words read_words(const std::string& path, const int frame_words) {
  words result;
  std::FILE* file = std::fopen(path.c_str(), "rb");
  if (!file) {
    std::fprintf(stderr, "cannot read %s\n", path.c_str());
    std::exit(2);
  }
  unsigned long long word = 0;
  while (std::fread(&word, 8, 1, file) == 1) result.push_back(word);
  std::fclose(file);
  if (result.size() % frame_words != 0) {
    std::fprintf(stderr, "%s does not hold whole frames of %d words\n", path.c_str(), frame_words);
    std::exit(2);
  }
  return result;
}

void write_words(const std::string& path, const words& values) {
  std::FILE* file = std::fopen(path.c_str(), "wb");
  if (!file) {
    std::fprintf(stderr, "cannot write %s\n", path.c_str());
    std::exit(2);
  }
  for (size_t i = 0; i < values.size(); i++) {
    const unsigned long long word = values[i].to_uint64();
    std::fwrite(&word, 8, 1, file);
  }
  std::fclose(file);
}

/// Calls the accelerator once for `frames` frames.
void call(const bitloom::word* input, bitloom::word* output, const int frames) {
  tiny(input, output, frames);
}

/// Number of the first word that differs, or -1.
long first_difference(const words& actual, const words& expected) {
  for (size_t i = 0; i < actual.size(); i++)
    if (actual[i] != expected[i]) return static_cast<long>(i);
  return -1;
}

std::string argument(const int count, char** values, const int index, const char* otherwise) {
  return index < count ? values[index] : otherwise;
}

}  // namespace

int main(int argc, char** argv) {
  words input = read_words(argument(argc, argv, 1, "data/input.bin"), tiny_input_words);
  const std::string expected_path = argument(argc, argv, 2, "data/expected.bin");
  const std::string output_path = argument(argc, argv, 3, "");
  const int available = static_cast<int>(input.size() / tiny_input_words);
  const int frames = std::min(available, std::atoi(argument(argc, argv, 4, "2147483647").c_str()));
  const int batch = std::max(1, std::atoi(argument(argc, argv, 5, "2").c_str()));

  // Cosimulation looks at all words of a port's depth in each call.
  input.resize(input.size() + static_cast<size_t>(batch) * tiny_input_words);
  words output(static_cast<size_t>(frames + batch) * tiny_output_words);
  for (int frame = 0; frame < frames; frame += batch) {
    const int count = std::min(batch, frames - frame);
    call(&input[static_cast<size_t>(frame) * tiny_input_words],
         &output[static_cast<size_t>(frame) * tiny_output_words], count);
  }
  output.resize(static_cast<size_t>(frames) * tiny_output_words);
  if (!output_path.empty()) write_words(output_path, output);
  if (expected_path == "-") return 0;

  const words expected = read_words(expected_path, tiny_output_words);
  if (expected.size() < output.size()) {
    std::fprintf(stderr, "%s holds fewer frames than were run\n", expected_path.c_str());
    return 2;
  }
  const long wrong = first_difference(output, expected);
  if (wrong >= 0) {
    std::printf("FAIL: frame %ld, word %ld: 0x%016llx instead of 0x%016llx\n", wrong / tiny_output_words,
                wrong % tiny_output_words, static_cast<unsigned long long>(output[wrong].to_uint64()),
                static_cast<unsigned long long>(expected[wrong].to_uint64()));
    return 1;
  }
  std::printf("PASS: %d frames\n", frames);
  return 0;
}
