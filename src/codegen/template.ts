/** Templates fill in names, numbers and calls; a name that is missing is an error. */
import Handlebars from "handlebars";
import { asset } from "./assets.ts";

const compiled = new Map<string, Handlebars.TemplateDelegate>();

/** Fills `src/templates/<path>`. */
export function render(path: string, data: unknown): string {
  let template = compiled.get(path);
  if (!template) {
    template = Handlebars.compile(asset(`src/templates/${path}`), {
      strict: true,
      noEscape: true,
      knownHelpersOnly: true,
    });
    compiled.set(path, template);
  }
  return template(data);
}
