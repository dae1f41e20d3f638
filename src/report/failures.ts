/** Reasons for which a finished build must not be called good. The tools themselves exit with 0 in most of these cases (VENDOR.md §1.6). */
import { share } from "./compose.ts";
import type { ResourceReport, Resources } from "./resource-report.ts";

export interface Failure {
  readonly code: string;
  readonly message: string;
}

export function failuresOf(report: ResourceReport): readonly Failure[] {
  return [...timingFailures(report), ...routingFailures(report), ...drcFailures(report), ...budgetFailures(report)];
}

function timingFailures({ timing }: ResourceReport): readonly Failure[] {
  if (timing === null || timing.met) return [];
  const slacks = [
    ["setup", timing.wnsNs],
    ["hold", timing.whsNs],
    ["pulse width", timing.wpwsNs],
  ] as const;
  const worst = slacks.filter(([, slack]) => slack !== null && slack < 0).map(([name, slack]) => `${name} ${slack} ns`);
  return [
    { code: "timing-not-met", message: `the timing is not met (worst slack: ${worst.join(", ") || "not said"})` },
  ];
}

function routingFailures({ routing }: ResourceReport): readonly Failure[] {
  if (routing === null) return [];
  const unrouted = (routing.routableNets ?? 0) - (routing.routedNets ?? routing.routableNets ?? 0);
  const errors = routing.netsWithErrors ?? 0;
  if (unrouted <= 0 && errors === 0) return [];
  return [{ code: "nets-unrouted", message: `${unrouted} nets are not routed, ${errors} nets have routing errors` }];
}

function drcFailures({ drc }: ResourceReport): readonly Failure[] {
  if (drc === null || drc.error === 0) return [];
  const rules = drc.rules.filter((rule) => rule.severity === "Error").map((rule) => `${rule.rule} ${rule.description}`);
  return [{ code: "drc-errors", message: `${drc.error} design rule errors: ${rules.join(", ")}` }];
}

/** Estimates do not count: a design estimated at 165 % of the LUTs took 48 % (VENDOR.md §1.7). */
function budgetFailures({ budget, totals }: ResourceReport): readonly Failure[] {
  return totals
    .filter((total) => total.stage !== "estimate")
    .flatMap((total) =>
      (Object.keys(total.used) as (keyof Resources)[])
        .filter((name) => (share(total.used, budget ?? total.available, name) ?? 0) > 1)
        .map((name) => ({
          code: "budget-exceeded",
          message: `${total.stage} uses ${total.used[name]} ${name} of ${(budget ?? total.available)[name]}`,
        })),
    );
}
