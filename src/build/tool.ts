/** Finds a tool: an override in the environment, or the first of its names on PATH. */
import { access, constants, stat } from "node:fs/promises";
import { delimiter, join, resolve } from "node:path";
import { execa } from "execa";
import type { Executable } from "./plan.ts";
import { ToolError } from "./tool-error.ts";

export interface ToolSpec {
  readonly name: string;
  /** Names of its executables; the first that is found is taken. */
  readonly executables: readonly string[];
  /** Environment variables that name another executable, by name or path; the first that is set is taken. */
  readonly overrides: readonly string[];
  readonly versionArguments: readonly string[];
  /** The version is its first group, or the first line of the tool's answer if it does not match. */
  readonly versionPattern: RegExp;
  readonly neededFor: string;
  readonly howToGet: string;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** Rejects with a ToolError that says where it looked. */
export async function findTool(spec: ToolSpec, environment: Environment = process.env): Promise<Executable> {
  const override = spec.overrides.find((name) => environment[name]);
  const names = override ? [environment[override] as string] : spec.executables;
  const path = await firstExecutable(names, environment["PATH"] ?? "");
  if (path === undefined) throw missing(spec, names, override);
  return { name: spec.name, path, version: await versionOf(spec, path, environment) };
}

async function firstExecutable(names: readonly string[], searchPath: string): Promise<string | undefined> {
  for (const name of names) {
    const places = /[\\/]/.test(name) ? [resolve(name)] : foldersOf(searchPath).map((folder) => join(folder, name));
    for (const place of places) if (await isExecutable(place)) return place;
  }
  return undefined;
}

const foldersOf = (searchPath: string): string[] => searchPath.split(delimiter).filter((folder) => folder !== "");

async function isExecutable(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK);
    return (await stat(path)).isFile();
  } catch {
    return false;
  }
}

async function versionOf(spec: ToolSpec, path: string, environment: Environment): Promise<string> {
  const { all = "", failed } = await execa(path, spec.versionArguments, {
    env: { ...environment, LC_ALL: "C" },
    all: true,
    reject: false,
    stdin: "ignore",
    timeout: 60_000,
  });
  const version = spec.versionPattern.exec(all)?.[1];
  if (version !== undefined) return version;
  if (!failed) return all.trim().split("\n")[0] || "unknown version";
  const reason = all.trim().split("\n").at(-1);
  throw new ToolError({
    reason: "failed",
    step: `find ${spec.name} for ${spec.neededFor}`,
    message: `${path} does not tell its version${reason && `: ${reason}`}`,
    command: [path, ...spec.versionArguments],
    hint: spec.howToGet,
  });
}

function missing(spec: ToolSpec, names: readonly string[], override: string | undefined): ToolError {
  const where = override ? `as ${override} says` : `on PATH (no ${spec.overrides.join(" or ")} is set)`;
  return new ToolError({
    reason: "missing",
    step: `find ${spec.name} for ${spec.neededFor}`,
    message: `looked for ${names.join(", ")} ${where}, found none`,
    hint: spec.howToGet,
  });
}
