/** The 18 stages of FracBNN's CIFAR-10 network: a gated convolution each, with its own shortcut. */

export interface Stage {
  /** Prefix of its nodes. */
  readonly name: string;
  /** Prefix of its tensors. */
  readonly tensors: string;
  /** Prefix of its arrays in the header: the block that two stages form. */
  readonly block: string;
  /** First or second stage of the block. */
  readonly half: 1 | 2;
  readonly inputs: number;
  readonly outputs: number;
  readonly stride: 1 | 2;
  /** Index of its first group of 16 output channels in the table of packed weights. */
  readonly group: number;
}

/** Output channels that lie side by side in every table of the release. */
export const GROUP = 16;
/** Three groups of the table of packed weights are those of the first convolution: one for each colour. */
export const COLOURS = 3;
const LAYERS = [1, 2, 3] as const;
const BLOCKS = [0, 1, 2] as const;
const HALVES = [1, 2] as const;

export const STAGES: readonly Stage[] = stages();
export const GROUPS = STAGES.reduce((sum, { outputs }) => sum + outputs / GROUP, COLOURS);

function stages(): Stage[] {
  let group = COLOURS;
  let inputs = GROUP;
  const all: Stage[] = [];
  for (const layer of LAYERS)
    for (const b of BLOCKS)
      for (const half of HALVES) {
        const block = `layer${layer}_${b}`;
        const outputs = GROUP << (layer - 1);
        const stride = outputs === inputs ? 1 : 2;
        all.push({
          name: `${block}_${half}`,
          tensors: `${block}.${half}`,
          block,
          half,
          inputs,
          outputs,
          stride,
          group,
        });
        group += outputs / GROUP;
        inputs = outputs;
      }
  return all;
}
