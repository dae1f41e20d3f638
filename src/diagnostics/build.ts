/** Build folders and boards. */
import { error, warning } from "./diagnostic.ts";

// Build folders (src/build)

export const foreignFolder = (path: string) =>
  error(
    "foreign-folder",
    path,
    "the folder has files in it, and Bitloom did not make it",
    "Name a new or an empty folder.",
  );

export const folderInUse = (path: string) =>
  error("folder-in-use", path, "another Bitloom is working in this folder", "Wait for it, or name another folder.");

// Boards (src/codegen/board.ts)

export const unknownBoard = (name: string, known: readonly string[]) =>
  error(
    "unknown-board",
    "--board",
    `there is no board "${name}"`,
    `Boards are ${known.join(", ")}; a new one is a folder of boards/.`,
  );

export const noProject = (path: string) =>
  error(
    "no-project",
    path,
    "there is no project of Bitloom in this folder",
    "Name a folder that `bitloom generate` or `bitloom build` made.",
  );

export const noRtlFiles = (path: string) =>
  error(
    "no-rtl-files",
    path,
    "the project has no SystemVerilog",
    "Make it again with --rtl, or name the model: then it is written for this run.",
  );

export const staleReport = (path: string) =>
  warning("stale-report", path, "is of another version of the project, and is left out", "Run the tool again.");

// Commands (src/cli)

export const optionNotForTool = (option: string, tool: string) =>
  error("option-not-for-tool", option, `${tool} has no steps to choose from`, `Leave ${option} out.`);

export const folderNeeded = (path: string) =>
  error("folder-needed", path, "a build of a model needs a folder", "Name it with -o FOLDER.");

export const noStep = (step: string, rtl: boolean, steps: readonly string[]) =>
  error(
    "no-step",
    "--until",
    `a build of ${rtl ? "SystemVerilog" : "HLS C++"} has no step "${step}"`,
    `Its steps are ${steps.join(", ")}.`,
  );
