/** Checks how the nodes of a model are joined: names, order, cycles, and that everything is read. */
import {
  cycle,
  duplicateName,
  invalidName,
  laterInput,
  unknownInput,
  unknownOutput,
  unusedNode,
} from "../diagnostics.ts";
import type { Report } from "../ir/layer.ts";
import type { Entries } from "./document.ts";
import { nameProblem } from "./names.ts";
import { nearest } from "./nearest.ts";
import type { NodeEntry } from "./schema.ts";

type Nodes = Entries["nodes"];

/** Index of the first node of each name. */
type Places = ReadonlyMap<string, number>;

/** Reports names that cannot be, and names that stand for two things. */
export function checkNames({ header, nodes }: Entries, report: Report): void {
  const owners = new Map<string, string>();
  const check = (name: string | undefined, path: string, owner: string) => {
    if (name === undefined) return;
    const problem = nameProblem(name);
    if (problem) report(invalidName(path, name, problem));
    const other = owners.get(name);
    if (other !== undefined) report(duplicateName(path, name, other));
    else owners.set(name, owner);
  };
  check(header.name, "name", "the model");
  check(header.input?.name, "input.name", "the input");
  for (const [i, node] of nodes.entries()) check(node?.name, `nodes[${i}].name`, `nodes[${i}]`);
}

/** Reports inputs that do not exist or come too late, an output that is no node, and nodes that nothing reads. */
export function checkEdges(entries: Entries, report: Report): void {
  const { header, nodes } = entries;
  const places = placesOf(nodes);
  const cyclic = checkCycles(nodes, places, report);
  const names = [...places.keys(), ...(header.input ? [header.input.name] : [])];
  // With a broken node or input, what it would have been called is not known.
  const complete = nodes.every((node) => node !== undefined) && header.input !== undefined;
  for (const [i, node] of nodes.entries())
    for (const [k, name] of (node?.inputs ?? []).entries()) {
      const [path, place] = [`nodes[${i}].inputs[${k}]`, places.get(name)];
      if (name === header.input?.name) continue;
      if (place === undefined) {
        if (complete) report(unknownInput(path, name, nearest(name, names)));
      } else if (place >= i && !cyclic.has(i)) report(laterInput(path, name, `nodes[${place}]`));
    }
  if (!complete || header.output === undefined) return;
  if (!places.has(header.output)) report(unknownOutput("output", header.output, nearest(header.output, places.keys())));
  else checkUse(entries, header.output, report);
}

function checkUse({ header, nodes }: Entries, output: string, report: Report): void {
  const read = new Set([output, ...nodes.flatMap((node) => node?.inputs ?? [])]);
  if (header.input && !read.has(header.input.name)) report(unusedNode("input", header.input.name));
  for (const [i, node] of nodes.entries())
    if (node && !read.has(node.name)) report(unusedNode(`nodes[${i}]`, node.name));
}

function placesOf(nodes: Nodes): Places {
  const places = new Map<string, number>();
  for (const [i, node] of nodes.entries()) if (node && !places.has(node.name)) places.set(node.name, i);
  return places;
}

/** Reports each cycle once, and gives the nodes that lie on one. */
function checkCycles(nodes: Nodes, places: Places, report: Report): ReadonlySet<number> {
  const stuck = unsortable(nodes, places);
  const walked = new Map<number, number>();
  const cyclic = new Set<number>();
  for (const start of stuck) {
    // Every stuck node has a stuck input, so this walk ends where some walk has been: if it was this one, that is a cycle.
    const walk: number[] = [];
    let at = start;
    for (; !walked.has(at); at = inputsOf(nodes, places, at).find((input) => stuck.has(input)) as number) {
      walked.set(at, start);
      walk.push(at);
    }
    if (walked.get(at) !== start) continue;
    const members = walk.slice(walk.indexOf(at)).reverse();
    for (const member of members) cyclic.add(member);
    const names = [...members, members[0] as number].map((i) => (nodes[i] as NodeEntry).name);
    report(cycle(`nodes[${at}].inputs`, names));
  }
  return cyclic;
}

/** The nodes that cannot be brought after their inputs (Kahn's algorithm): those on cycles and those behind them. */
function unsortable(nodes: Nodes, places: Places): ReadonlySet<number> {
  const waiting = nodes.map((_, i) => inputsOf(nodes, places, i).length);
  const readers = nodes.map((): number[] => []);
  for (const i of nodes.keys()) for (const input of inputsOf(nodes, places, i)) readers[input]?.push(i);
  const ready = [...nodes.keys()].filter((i) => waiting[i] === 0);
  for (let next = ready.pop(); next !== undefined; next = ready.pop())
    for (const reader of readers[next] as number[]) if (--(waiting[reader] as number) === 0) ready.push(reader);
  return new Set([...nodes.keys()].filter((i) => (waiting[i] as number) > 0));
}

const inputsOf = (nodes: Nodes, places: Places, index: number): number[] =>
  (nodes[index]?.inputs ?? []).map((name) => places.get(name)).filter((place) => place !== undefined);
