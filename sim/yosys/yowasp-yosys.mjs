#!/usr/bin/env node
/**
 * Yosys from npm (@yowasp/yosys) as a command like the native one. It sees the files of the folder in which it runs, and no others;
 * the files that it writes at the top of it are written there.
 */
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Exit, runYosys } from "@yowasp/yosys";

const print = (stream) => (bytes) => bytes && stream.write(bytes);

function treeOf(folder) {
  const entryOf = (path) => (statSync(path).isDirectory() ? treeOf(path) : readFileSync(path));
  return Object.fromEntries(readdirSync(folder).map((name) => [name, entryOf(join(folder, name))]));
}

function writeNew(before, after) {
  for (const [name, content] of Object.entries(after))
    if (!(name in before) && (typeof content === "string" || content instanceof Uint8Array))
      writeFileSync(name, content);
}

const words = process.argv.slice(2);
const files = words.includes("-V") ? {} : treeOf(".");
const streams = { stdout: print(process.stdout), stderr: print(process.stderr) };
try {
  writeNew(files, await runYosys(words, files, streams));
} catch (error) {
  if (!(error instanceof Exit)) throw error;
  process.exitCode = error.code;
}
