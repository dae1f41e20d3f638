/** JSON paths as the diagnostics write them. */

const IDENTIFIER = /^[A-Za-z_$][\w$]*$/;

/** `formatPath(["tensors", "a.b", "data", 3])` is `tensors["a.b"].data[3]`. */
export function formatPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === "number") return `${text}[${step}]`;
    const key = String(step);
    if (!IDENTIFIER.test(key)) return `${text}[${JSON.stringify(key)}]`;
    return text === "" ? key : `${text}.${key}`;
  }, "");
}
