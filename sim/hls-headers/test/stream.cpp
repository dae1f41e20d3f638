// hls::stream and the AXI4-Stream beats. With an argument, reads from an empty stream.
#include "ap_axi_sdata.h"
#include "check.h"
#include "hls_stream.h"

using Beat = ap_axiu<64, 0, 0, 0>;

void copy(hls::stream<Beat>& in, hls::stream<Beat>& out) {
  Beat beat;
  do {
    beat = in.read();
    out.write(beat);
  } while (!beat.last);
}

int main(int argc, char**) {
  hls::stream<int, 4> numbers("numbers");
  if (argc > 1) return numbers.read();
  CHECK(numbers.empty() && !numbers.full() && numbers.size() == 0);
  // Interleaved so that reading follows writing through several blocks.
  int next = 0;
  for (int i = 0; i < 1000; ++i) {
    numbers << i;
    if (i % 3 == 0) CHECK(numbers.read() == next++);
  }
  CHECK(numbers.size() == 666);
  int got = -1;
  while (numbers.read_nb(got)) CHECK(got == next++);
  CHECK(next == 1000 && !numbers.read_nb(got) && numbers.write_nb(7));
  numbers >> got;
  CHECK(got == 7 && numbers.empty() && numbers.max_depth() == 667);

  hls::stream<Beat, 2> in("in"), out("out");
  for (int i = 0; i < 3; ++i) {
    Beat beat;
    beat.data = i;
    beat.keep = -1;
    beat.strb = -1;
    beat.last = i == 2;
    in.write(beat);
  }
  copy(in, out);
  CHECK(in.empty() && out.size() == 3);
  CHECK(out.read().data == 0 && out.read().keep == 0xff && out.read().last == 1);

  ap_axis<24, 2, 3, 4> narrow;
  narrow.data = -1;
  narrow.user = 3;
  CHECK(narrow.data == -1 && narrow.keep.length() == 3 && narrow.id.length() == 3 && narrow.dest.length() == 4);
  hls::stream<bool> flags;
  flags.write(true);
  CHECK(flags.read());
  std::printf("done\n");
  return failures() != 0;
}
