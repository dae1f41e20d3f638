/** A folder for one simulation of a model that has no project. */
import { rm } from "node:fs/promises";
import { ToolError } from "../build/tool-error.ts";
import { makeTemporaryFolder } from "../files.ts";

export interface Simulated {
  readonly report: { readonly equivalent: boolean };
}

/** Does the work in a new folder, which stays only if it shows what is wrong: a project that differs, or what a tool's error names. */
export async function inOwnFolder<R extends Simulated>(
  name: string,
  work: (folder: string) => Promise<R>,
): Promise<R & { readonly folder: string | undefined }> {
  const folder = await makeTemporaryFolder(`bitloom-${name}-`);
  let telling = false;
  try {
    const result = await work(folder);
    telling = !result.report.equivalent;
    return { ...result, folder: telling ? folder : undefined };
  } catch (error) {
    telling = error instanceof ToolError && error.details.reason !== "cancelled" && error.message.includes(folder);
    throw error;
  } finally {
    if (!telling) await rm(folder, { recursive: true, force: true });
  }
}
