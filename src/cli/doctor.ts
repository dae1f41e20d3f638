import type { Command } from "commander";
import { formatDiagnostic } from "../diagnostics.ts";
import type { Common } from "./command.ts";
import { finish } from "./command.ts";

export function doctor(program: Command): void {
  const command = program
    .command("doctor")
    .description("Show which tools are installed, what the others are needed for, and how to get them.");
  finish<[], Common>(command, "bitloom doctor", async (_args, _options, { output }) => {
    const { examine } = await import("../flow/doctor.ts");
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
