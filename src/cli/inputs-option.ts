/** Which images to run. */
import type { Images } from "../flow/frames.ts";

export interface InputFlags {
  readonly inputs?: string;
  readonly key?: string;
  readonly frames?: number;
  readonly seed: number;
}

const RANDOM_FRAMES = 32;

export const imagesOf = ({ inputs, key, frames, seed }: InputFlags): Images =>
  inputs === undefined ? { seed, frames: frames ?? RANDOM_FRAMES } : { file: inputs, key, frames };
