/**
 * Joins the stages by FIFOs: a fork where a stream has several readers, converters where lanes differ.
 *
 *     stage p (lanes 4) -> stage q (lanes 2), stage r (lanes 4)
 *     ->  p -> p_fork -> p_to_q_convert (4 to 2) -> q
 *                     -> r
 */
import type { Graph } from "../ir/graph.ts";
import { streamOf } from "../ir/graph.ts";
import { gcd } from "../ir/hardware.ts";
import type { Folding, Lanes } from "../ir/layer.ts";
import type { Fifo, ScheduledGraph, Stage } from "../ir/schedule.ts";
import { elements } from "../ir/tensor.ts";
import type { Unit } from "./unit.ts";

/** Beats that a FIFO at a port of the network holds: with them one comes and one goes in each cycle. */
export const PORT_DEPTH = 2;

export interface FoldedUnit extends Unit {
  readonly folding: Folding;
  readonly lanes: Lanes;
  readonly cycles: number;
}

/** A place where a stream is read: an input of a unit, or the output port. */
interface Reader {
  readonly unit: FoldedUnit | undefined;
  readonly index: number;
}

export function connect(graph: Graph, units: readonly FoldedUnit[]): ScheduledGraph {
  return new Wiring(graph, units).scheduled();
}

class Wiring {
  private readonly graph: Graph;
  private readonly units: readonly FoldedUnit[];
  private readonly stages: Stage[] = [];
  private readonly fifos = new Map<string, Fifo>();
  private readonly taken: Set<string>;
  /** Readers of each stream, and the FIFOs that bring it to them. */
  private readonly readers = new Map<string, Reader[]>();
  private readonly delivered = new Map<string, string>();

  constructor(graph: Graph, units: readonly FoldedUnit[]) {
    this.graph = graph;
    this.units = units;
    this.taken = new Set([graph.name, graph.input.name, ...graph.nodes.map(({ name }) => name)]);
    for (const unit of units) for (const [index, input] of unit.inputs.entries()) this.reads(input, { unit, index });
    this.reads(graph.output, { unit: undefined, index: 0 });
  }

  scheduled(): ScheduledGraph {
    const { graph } = this;
    const inputFifo = this.distribute(graph.input.name, this.portLanes());
    for (const unit of this.units) this.place(unit);
    const cyclesPerFrame = Math.max(...this.stages.map(({ cycles }) => cycles));
    const outputFifo = this.delivered.get(keyOf(graph.output, { unit: undefined, index: 0 })) as string;
    return { graph, stages: this.stages, fifos: this.fifos, inputFifo, outputFifo, cyclesPerFrame };
  }

  private reads(stream: string, reader: Reader): void {
    this.readers.set(stream, [...(this.readers.get(stream) ?? []), reader]);
  }

  /** The input port gives beats as its first reader takes them. */
  private portLanes(): number {
    const [first] = this.readers.get(this.graph.input.name) ?? [];
    return first?.unit?.lanes.inputs[first.index] ?? 1;
  }

  private place(unit: FoldedUnit): void {
    const { name, nodes, folding, cycles } = unit;
    const inputs = unit.inputs.map((input, index) => this.delivered.get(keyOf(input, { unit, index })) as string);
    // The stage stands before the forks and converters of its stream.
    const at = this.stages.length;
    const output = this.distribute(name, unit.lanes.output);
    this.stages.splice(at, 0, { kind: "layer", name, nodes, folding, inputs, outputs: [output], cycles });
  }

  /** Brings a stream to all of its readers; gives the FIFO into which its producer writes. */
  private distribute(stream: string, lanes: number): string {
    const readers = this.readers.get(stream) ?? [];
    const [first, ...others] = readers;
    if (first && others.length === 0) return this.deliver(stream, lanes, first);
    const source = this.fifo(stream, `${stream}_to_fork`, lanes);
    const at = this.stages.length;
    const outputs = readers.map((reader) => this.deliver(stream, lanes, reader));
    const fork: Stage = { kind: "fork", name: this.unique(`${stream}_fork`), inputs: [source], outputs, cycles: 0 };
    this.stages.splice(at, 0, { ...fork, cycles: this.beats(stream, lanes) });
    return source;
  }

  /** A FIFO from the stream's producer or fork to the reader, by way of converters; gives the first FIFO of the way. */
  private deliver(stream: string, lanes: number, reader: Reader): string {
    const to = `${stream}_to_${reader.unit?.name ?? "output"}`;
    const way = lanesBetween(lanes, reader.unit?.lanes.inputs[reader.index] ?? lanes);
    const fifos = way.map((step) => this.fifo(stream, to, step));
    for (let i = 1; i < fifos.length; i++) {
      const cycles = Math.max(this.beats(stream, way[i - 1] as number), this.beats(stream, way[i] as number));
      const [input, output] = [fifos[i - 1] as string, fifos[i] as string];
      const name = this.unique(`${to}_convert`);
      this.stages.push({ kind: "convert", name, inputs: [input], outputs: [output], cycles });
    }
    this.delivered.set(keyOf(stream, reader), fifos.at(-1) as string);
    return fifos[0] as string;
  }

  private fifo(source: string, base: string, lanes: number): string {
    const name = this.unique(base);
    this.fifos.set(name, { name, source, stream: streamOf(this.graph, source), lanes, depth: PORT_DEPTH });
    return name;
  }

  private beats(stream: string, lanes: number): number {
    return elements(streamOf(this.graph, stream).shape) / lanes;
  }

  private unique(base: string): string {
    let name = base;
    for (let i = 2; this.taken.has(name); i++) name = `${base}_${i}`;
    this.taken.add(name);
    return name;
  }
}

const keyOf = (stream: string, { unit, index }: Reader): string => `${stream} ${unit?.name ?? ""} ${index}`;

/** Lane counts on the way from one to the other: a converter repacks only where one divides the other. */
function lanesBetween(from: number, to: number): number[] {
  if (from === to) return [from];
  const both = gcd(from, to);
  return both === from || both === to ? [from, to] : [from, (from / both) * to, to];
}
