/** Numbers and shapes as people read them. */

export const number = (value: number, digits = 1): string =>
  value.toLocaleString("en", { maximumFractionDigits: digits });

/** `1,024 frames`, `1 frame`. */
export const counted = (value: number, what: string): string => `${number(value)} ${what}${value === 1 ? "" : "s"}`;

/** Of a share: `86 %`, `0.4 %`. Not clamped, since estimates above the whole device are normal. */
export function percent(share: number): string {
  if (!Number.isFinite(share)) return "not on this board";
  const value = share * 100;
  return `${value.toLocaleString("en", { maximumFractionDigits: value < 10 ? 1 : 0 })} %`;
}

export const formatShape = ([channels, height, width]: readonly [number, number, number]): string =>
  height === 1 && width === 1 ? String(channels) : `${channels} × ${height} × ${width}`;

export const rate = (perSecond: number): string => number(perSecond < 100 ? perSecond : Math.round(perSecond));

/** Bits as a size: `174 kbit`. */
export function bits(amount: number): string {
  const [unit, scale] = amount >= 1e6 ? ["Mbit", 1e6] : amount >= 1e3 ? ["kbit", 1e3] : ["bit", 1];
  return `${number(amount / scale)} ${unit}`;
}

/** `2026-11-24 04:03 UTC` of an ISO date. */
export const formatDate = (iso: string): string => iso.replace("T", " ").replace(/:\d\d(\.\d+)?Z$/, " UTC");

/** A length as CSS writes it, of a share of the whole. */
export const cssPercent = (share: number): string => `${(100 * Math.max(0, share)).toFixed(3).replace(/\.?0+$/, "")}%`;
