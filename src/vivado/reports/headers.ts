/** The headers of Vivado's reports (`| Tool Version : ...`) and of the HLS tools' text reports (`* Version: ...`). */

export interface Header {
  readonly toolVersion: string | null;
  readonly device: string | null;
  readonly design: string | null;
  readonly designState: string | null;
}

/** `v.2023.2.2`, `v2020.1`, `2019.2 (Build ...)`, `2018.3_AR71948` -> the bare version. */
export const versionOf = (text: string | undefined): string | null =>
  /\bv?\.?(\d{4}\.\d+(?:\.\d+)?)/.exec(text ?? "")?.[1] ?? null;

const FIELD = /^\|\s*(Tool Version|Design|Device|Design State)\s*:\s*(.*?)\s*$/;

/** VENDOR.md §1.6. Fields that a release leaves out (`Design State` in timing reports up to 2022) are null. */
export function vivadoHeader(lines: readonly string[]): Header {
  const fields = new Map<string, string>();
  for (const line of lines.slice(0, 40)) {
    const [, name, value] = FIELD.exec(line) ?? [];
    if (name !== undefined && value !== undefined && value !== "" && !fields.has(name)) fields.set(name, value);
  }
  return {
    toolVersion: versionOf(fields.get("Tool Version")),
    device: fields.get("Device") ?? null,
    design: fields.get("Design") ?? null,
    designState: fields.get("Design State") ?? null,
  };
}

/** VENDOR.md §1.2, 1.5: the starred list under the title of an HLS report. */
export function hlsHeader(lines: readonly string[]): Pick<Header, "toolVersion" | "device"> {
  const start = lines.slice(0, 40);
  const field = (name: string) =>
    start.map((line) => new RegExp(`^\\s*\\*\\s*${name}:\\s*(\\S.*?)\\s*$`).exec(line)?.[1]).find(Boolean);
  return { toolVersion: versionOf(field("Version")), device: field("Target device") ?? null };
}
