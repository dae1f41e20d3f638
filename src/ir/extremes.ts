/** The least and the greatest of integers; there must be one. */
export const least = (raws: readonly bigint[]): bigint => raws.reduce((a, b) => (b < a ? b : a));
export const greatest = (raws: readonly bigint[]): bigint => raws.reduce((a, b) => (b > a ? b : a));
