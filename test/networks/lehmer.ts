export const LEHMER_MODULUS = 2_147_483_647;

/** Lehmer's generator: the same numbers from 1 to LEHMER_MODULUS - 1 in every run. */
export function lehmer(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % LEHMER_MODULUS;
    return state;
  };
}
