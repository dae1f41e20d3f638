/** Vivado's `report_route_status`: a list of net counts without a header. */
import { z } from "zod";
import { toNumber } from "./number.ts";
import { defineKind } from "./report-kind.ts";

const count = z.int().nullable();

const schema = z.strictObject({
  logicalNets: count,
  routableNets: count,
  fullyRoutedNets: count,
  /** Named only where there are some. */
  unroutedNets: count,
  netsWithRoutingErrors: count,
});

export const routeStatus = defineKind({
  kind: "vivado_route_status",
  tool: "Vivado",
  schema,
  wanted: ["routableNets", "fullyRoutedNets", "netsWithRoutingErrors"],
  recognise: (opening) => /^Design Route Status\s*$/m.test(opening.slice(0, 2048)),
  read(source) {
    // The closing colon shows that the number is whole.
    const rows = source.opening.matchAll(/^\s*# of (.+?)\.{2,}\s*:\s*(\d+)\s*:/gm);
    const counts = new Map([...rows].map((row) => [row[1], row[2]]));
    const value = (name: string) => toNumber(counts.get(name)) ?? null;
    const values = {
      logicalNets: value("logical nets"),
      routableNets: value("routable nets"),
      fullyRoutedNets: value("fully routed nets"),
      unroutedNets: value("unrouted nets"),
      netsWithRoutingErrors: value("nets with routing errors"),
    };
    return { toolVersion: null, device: null, values };
  },
  fold: (report, values) => ({
    ...report,
    routing: {
      routableNets: values.routableNets,
      routedNets: values.fullyRoutedNets,
      netsWithErrors: values.netsWithRoutingErrors,
    },
  }),
});
