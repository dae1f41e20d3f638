/** Runs a bench in SystemVerilog by Verilator: it ends with $finish, or with $error where something is wrong. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runCommand } from "../../src/build/command.ts";
import type { Executable } from "../../src/build/plan.ts";

/** `texts` are whole files; the bench is the module `bench`. Rejects with what the bench says. */
export async function runBench(texts: readonly string[], folder: string, verilator: Executable): Promise<void> {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "bench.sv"), texts.join("\n"));
  const run = (step: string, path: string, words: string[]) =>
    runCommand({
      ...{ step, path, arguments: words, folder },
      log: join(folder, `${step}.log`),
      timeoutSeconds: 600,
      hint: "",
    });
  const words = ["--binary", "-Wno-lint", "-Wno-fatal", "-CFLAGS", "-O0", "--top-module", "bench", "bench.sv"];
  await run("verilate", verilator.path, words);
  await run("bench", join(folder, "obj_dir", "Vbench"), []);
}
