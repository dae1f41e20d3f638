/** Pieces from which the attribute schemas of the layers are made. Codecs: model.json holds the text, the IR the parsed value. */
import { z } from "zod";
import type { Cast, FixedCast } from "./cast.ts";
import { formatCast, isFixedCast, parseCast, ROUNDINGS } from "./cast.ts";
import { typeProblem } from "./data-type.ts";

const CAST_HELP = "a type such as ap_fixed<16,9>, ap_fixed<16,9,AP_RND,AP_SAT>, ap_uint<2> or bipolar";

/** `ap_fixed<W,I,ROUNDING,OVERFLOW>` and its relatives, or `bipolar`. */
export const cast = z
  .codec(z.string(), z.custom<Cast>(), {
    decode: (text, context) => {
      const parsed = parseCast(text);
      const why = parsed ? typeProblem(parsed.type) : `not a type: expected ${CAST_HELP}`;
      if (parsed && why === undefined) return parsed;
      context.issues.push({ code: "custom", message: `${why}`, input: text });
      return z.NEVER;
    },
    encode: formatCast,
  })
  .meta({ description: `Target type with rounding and overflow modes: ${CAST_HELP}` });

/** A cast to a number (not bipolar). */
export const fixedCast = z
  .codec(cast, z.custom<FixedCast>(), {
    decode: (parsed, context) => {
      if (isFixedCast(parsed)) return parsed;
      context.issues.push({
        code: "custom",
        message: "needs a fixed-point type, not bipolar",
        input: formatCast(parsed),
      });
      return z.NEVER;
    },
    encode: (parsed) => parsed,
  })
  .meta({ description: "Fixed-point target type with rounding and overflow modes, as HLS writes it" });

export const rounding = z.enum(ROUNDINGS);

/** Name of an entry of the model's `tensors`. */
export const tensorName = z.string().min(1).meta({ description: "Name of an entry of `tensors`" });

const positive = z.int().min(1);

/** `[vertical, horizontal]`. */
export const pair = z.tuple([positive, positive]).readonly();

const paddingSide = z.int().min(0);

/** Rows and columns added around the map; `value` is a raw integer of the input's type, or "absent": such taps do not exist. */
export const padding = z.strictObject({
  top: paddingSide,
  left: paddingSide,
  bottom: paddingSide,
  right: paddingSide,
  value: z.union([z.literal("absent"), z.int()]).default("absent"),
});
export type Padding = z.output<typeof padding>;

export const NO_PADDING: Padding = Object.freeze({ top: 0, left: 0, bottom: 0, right: 0, value: "absent" });
