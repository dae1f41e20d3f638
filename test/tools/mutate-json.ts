/** Damages JSON documents: one to three changes of the kinds that hands, scripts and broken disks make. */
import fc from "fast-check";

export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Values that stand for what somebody may write in place of a right one. */
const VALUES: readonly Json[] = [
  null,
  true,
  0,
  -1,
  1.5,
  1e308,
  2 ** 53,
  4096,
  "",
  "x",
  "in",
  "__proto__",
  "absent",
  "ap_fixed<65,3>",
  "ap_ufixed<2,2,AP_RND,AP_SAT>",
  "ap_fixed<16,99999999999999999999>",
  "ap_fixed<16,-2000000000>",
  "bipolar",
  [],
  [[]],
  [0],
  [1, 1],
  [3, 4294967296],
  {},
  { file: "../up.npz", key: "a" },
  { file: "none.safetensors", key: "a" },
];

type Container = Json[] | { [key: string]: Json };
type Spot = readonly [container: Container, key: string | number];

const isContainer = (value: Json | undefined): value is Container => typeof value === "object" && value !== null;
const keysOf = (container: Container): (string | number)[] =>
  Array.isArray(container) ? [...container.keys()] : Object.keys(container);
const at = ([container, key]: Spot): Json => (container as Record<string | number, Json>)[key] as Json;
const put = ([container, key]: Spot, value: Json): void => {
  Object.defineProperty(container, key, { value, configurable: true, enumerable: true, writable: true });
};

function spots(value: Json): Spot[] {
  if (!isContainer(value)) return [];
  return keysOf(value).flatMap((key): Spot[] => [[value, key], ...spots(at([value, key]))]);
}

/** What to do, where (as a share of all places), and with what. */
interface Change {
  readonly action: "delete" | "replace" | "insert" | "swap" | "copy" | "type";
  readonly place: number;
  readonly other: number;
  readonly value: Json;
}

const share = fc.double({ min: 0, max: 0.999999, noNaN: true });
const change: fc.Arbitrary<Change> = fc.record({
  action: fc.constantFrom("delete", "replace", "insert", "swap", "copy", "type"),
  place: share,
  other: share,
  value: fc.constantFrom(...VALUES),
});

function apply(document: Json, { action, place, other, value }: Change): void {
  const all = spots(document);
  const [spot, second] = [all[Math.floor(place * all.length)], all[Math.floor(other * all.length)]];
  if (!spot || !second) return;
  const [container, key] = spot;
  const [here, there] = [at(spot), structuredClone(at(second))];
  if (action === "swap") put(second, structuredClone(here));
  if (action === "swap" || action === "copy") put(spot, there);
  else if (action === "replace") put(spot, structuredClone(value));
  else if (action === "type") put(spot, typeof here === "string" ? [here] : JSON.stringify(here));
  else if (Array.isArray(container))
    container.splice(Number(key), action === "delete" ? 1 : 0, ...(action === "delete" ? [] : [value]));
  else if (action === "delete") delete container[key];
  else put([container, `${key}x`], structuredClone(value));
}

/** Texts of damaged documents, a few of them damaged as text. */
export function damaged(document: Json): fc.Arbitrary<string> {
  const changed = fc.array(change, { minLength: 1, maxLength: 3 }).map((changes) => {
    const copy = structuredClone(document);
    for (const one of changes) apply(copy, one);
    return JSON.stringify(copy);
  });
  const text = JSON.stringify(document, null, 1);
  const cut = share.map((end) => text.slice(0, Math.floor(end * text.length)));
  const spoilt = fc
    .tuple(share, fc.constantFrom("", '"', "{", "}", "[", ",", ":", "\\", "\n", "NaN", "-", "9", "\u0000", "ä"))
    .map(([place, junk]) => {
      const from = Math.floor(place * text.length);
      return text.slice(0, from) + junk + text.slice(from + 1);
    });
  return fc.oneof({ weight: 8, arbitrary: changed }, { weight: 1, arbitrary: cut }, { weight: 2, arbitrary: spoilt });
}
