/** Known defects of releases, said before they bite. */
import type { Diagnostic } from "../diagnostics.ts";

/** VENDOR.md §2.5: the date as a number overflows; whether the patch is there cannot be seen from outside. */
export function releaseTraps(tool: string, version: string): Diagnostic[] {
  if (version >= "2022.1") return [];
  return [
    {
      code: "y2k22",
      severity: "warning",
      path: `${tool} ${version}`,
      message: "releases before 2022.1 cannot export an IP on any date after 2021 (IMPL 213-28)",
      hint: "Apply AMD's patch y2k22_patch-1.2 (AR 76960), or use release 2022.1 or newer.",
    },
  ];
}
