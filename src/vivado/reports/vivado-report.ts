/** What Vivado's reports have in common. */
import type { Scope, Stage } from "../../report/resource-report.ts";

/** The title of a report follows its header within a few lines; a log may print a whole report further down. */
export const startsLike = (opening: string, title: RegExp): boolean =>
  /^(?:Copyright |-{20}|\| Tool Version|[A-Z][\w ]* (?:Information|Report|DRC|Methodology)\s*$)/m.test(
    opening.slice(0, 512),
  ) && title.test(opening.slice(0, 4096));

/** `Synthesized`; `Fully Placed`, `Routed`, `Physopt postRoute` and the like are of the implementation. */
export const stageOf = (designState: string | null): Stage =>
  designState !== null && /^synth/i.test(designState) ? "synthesis" : "implementation";

/** HLS wraps the accelerator in a block design of this name when it runs Vivado itself. */
export const scopeOf = (design: string | null): Scope => (design === "bd_0_wrapper" ? "core" : "system");
