/** Codes of a few bits side by side in words. */

/** Writes unsigned codes into 64-bit words, bit 0 first. */
export class BitWriter {
  readonly words: BigUint64Array;
  private readonly halves: Uint32Array;

  constructor(words: number) {
    this.words = new BigUint64Array(words);
    this.halves = new Uint32Array(this.words.buffer);
  }

  /** ORs the low `bits` (at most 32) of the code in, from bit `at` on. */
  write(at: number, code: number, bits: number): void {
    const [half, offset] = [Math.floor(at / 32), at % 32];
    this.halves[half] = ((this.halves[half] as number) | (code << offset)) >>> 0;
    if (offset + bits > 32)
      this.halves[half + 1] = ((this.halves[half + 1] as number) | (code >>> (32 - offset))) >>> 0;
  }
}

/** A code of any width in pieces of 32 bits, low piece first. */
export function pieces(code: bigint, bits: number): number[] {
  const count = Math.ceil(bits / 32);
  return Array.from({ length: count }, (_, i) => Number((code >> BigInt(32 * i)) & 0xffffffffn));
}
