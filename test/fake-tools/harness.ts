/** Runs steps against the stand-ins in a folder of its own. */
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { execa } from "execa";
import { afterAll } from "vitest";
import type { Content, Step } from "../../src/build/plan.ts";
import type { CheckedStep } from "../../src/vivado/checked-step.ts";
import type { VendorTool } from "../../src/vivado/discover.ts";

export const FAKE_TOOLS = new URL(".", import.meta.url).pathname;
const FIXTURE = new URL("../fixtures/vivado/", import.meta.url).pathname;

export const RELEASES = [
  ...["2019.2", "2020.1", "2020.2", "2021.1", "2021.2", "2022.1", "2022.2"],
  ...["2023.1", "2023.2", "2024.1", "2024.2", "2025.1", "2025.2"],
] as const;

export type Settings = Readonly<Record<string, string>>;

export const standIn = (name: string, version = "2023.2"): VendorTool => ({
  executable: { name, path: join(FAKE_TOOLS, name), version },
  prefix: [],
});

const made: string[] = [];
afterAll(() => {
  for (const folder of made) rmSync(folder, { recursive: true, force: true });
});

/** With a name that scripts and shells have to quote. Gone when the test file is done. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "bitloom bücher $1 "));
  made.push(folder);
  return folder;
}

/** A copy of the tiny HLS project; `stream` turns its memory ports into streams. */
export function workspace(kind: "memory" | "stream" = "memory"): string {
  const folder = temporaryFolder();
  cpSync(FIXTURE, folder, { recursive: true });
  if (kind === "stream") {
    const source = join(folder, "src/toynet.cpp");
    const text = readFileSync(source, "utf8").replaceAll(/INTERFACE m_axi port = (\w+).*/g, "INTERFACE axis port = $1");
    writeFileSync(source, text.replaceAll(/.*s_axilite port = (input|output)_words\n/g, ""));
  }
  return folder;
}

export function writeAll(folder: string, files: ReadonlyMap<string, Content>): void {
  for (const [name, content] of files) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
}

interface Outcome {
  readonly code: number | undefined;
  readonly output: string;
  /** Path of the step's log. */
  readonly log: string;
}

export async function runTool(folder: string, path: string, words: readonly string[], settings: Settings = {}) {
  const { exitCode, all } = await execa(path, words, { cwd: folder, env: settings, all: true, reject: false });
  return { code: exitCode, output: all };
}

export async function runStep(folder: string, step: Step, settings: Settings = {}): Promise<Outcome> {
  const outcome = await runTool(folder, step.tool.path, step.arguments, settings);
  const log = `logs/${step.name}.log`;
  writeAll(folder, new Map([[log, `${outcome.output}\n`]]));
  return { ...outcome, log: join(folder, log) };
}

interface Steps {
  readonly files: ReadonlyMap<string, Content>;
  readonly steps: readonly CheckedStep[];
}

/** Runs the steps up to the first that fails, and says how it did; `undefined` if all succeed. */
export async function build(folder: string, { files, steps }: Steps, settings: Settings = {}) {
  writeAll(folder, files);
  for (const step of steps) {
    const { code, output, log } = await runStep(folder, step, settings);
    const findings = code === 0 ? await step.check(folder, log) : [];
    const missing = step.products.filter((product) => !existsSync(join(folder, product)));
    if (code !== 0 || findings.length + missing.length > 0) return { step: step.name, code, output, findings, missing };
  }
  return undefined;
}
