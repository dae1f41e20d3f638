/** Messages of the tools that are worth explaining, by code (VENDOR.md §1.3, 1.4, 1.6), sorted. `*` stands for any number. */

const HINTS: Readonly<Record<string, string>> = {
  "Board 49-67":
    "The board files are not installed: add them to the tool's board repository, or let Bitloom set the processor itself.",
  "Board 49-71":
    "The board files are not installed: add them to the tool's board repository, or let Bitloom set the processor itself.",
  "COSIM 212-317": "The co-simulation testbench does not compile: the compiler's messages stand above.",
  "COSIM 212-320": "The C testbench failed in co-simulation: see its own output above.",
  "COSIM 212-321": "The co-simulation testbench does not compile: the compiler's messages stand above.",
  "COSIM 212-331": "The co-simulation testbench does not compile: the compiler's messages stand above.",
  "COSIM 212-359": "The C testbench returned a value other than 0: it found a difference, or did not find its files.",
  "COSIM 212-360": "The C testbench failed in co-simulation: see its own output above.",
  "COSIM 212-362": "The RTL gave other results than the C code.",
  "COSIM 212-369": "A depth in an m_axi interface pragma is wrong: co-simulation may differ or hang.",
  "COSIM 212-379": "The testbench crashed. Large arrays on the stack do this: make them static.",
  "COSIM 212-4": "The co-simulation failed: the reason stands in the messages before.",
  "COSIM 212-5": "Co-simulation could not write its files: check the disk and the length of the path.",
  "Common 17-345": "No license was found for this part or tool.",
  "DRC INBB-3": "A module is missing from the design (a black box): an IP was not generated.",
  "DRC NSTD-1": "Ports have no I/O standard: give them one in the constraints.",
  "DRC UCIO-1": "Ports have no pin: give them one in the constraints.",
  "HLS 200-1023": "The part is not installed: add its device family with the tool's installer.",
  "HLS 200-1715": "The C++ code does not compile: the compiler's messages stand above.",
  "HLS 200-1912": "This tool release does not take a setting of the configuration file.",
  "HLS 200-478": "Vivado, which HLS started, failed: read its log.",
  "HLS 200-642": "This tool release does not know an option.",
  "HLS 200-70": "The C++ code does not compile: the compiler's messages stand above.",
  "HLS 207-*": "The C++ code does not compile.",
  "HLS 214-157": "The top function is not in the code under this name.",
  "IMPL 213-28":
    "The IP export failed. Releases before 2022.1 fail on every date after 2021 without the patch y2k22 (AR 76960).",
  "Place 30-487": "The design does not fit into the device: choose a smaller folding.",
  "Place 30-640": "The design does not fit into the device: choose a smaller folding.",
  "SIM 211-100": "C simulation failed: the code does not compile, or the testbench returned a value other than 0.",
  "Synth 8-439": "A module is missing: an IP was not generated, or a file was not added.",
  "Timing 38-282": "The design misses its timing: lower the clock, or choose a folding with shorter paths.",
};

export function hintOf(code: string | null): string | null {
  if (code === null) return null;
  const family = code.replace(/-\d+$/, "-*");
  return Object.hasOwn(HINTS, code)
    ? (HINTS[code] ?? null)
    : Object.hasOwn(HINTS, family)
      ? (HINTS[family] ?? null)
      : null;
}
