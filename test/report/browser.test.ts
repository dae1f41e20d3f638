/** The page as people meet it. With BITLOOM_SCREENSHOTS=FOLDER the pictures stay there to be looked at. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import axe from "axe-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { renderReport } from "../../src/report/html/index.ts";
import { chromiumPath, launch } from "./browser.ts";
import { sampleReport } from "./sample.ts";

const title = chromiumPath
  ? "the page of a build in Chromium"
  : "the page of a build in Chromium (skipped: there is none; apt-get install chromium, or set CHROMIUM)";

const desktop = { viewport: { width: 1280, height: 900 } };
const phone = { viewport: { width: 390, height: 844 } };
const views: readonly (readonly [string, BrowserContextOptions])[] = [
  ["desktop-light", { ...desktop, colorScheme: "light" }],
  ["desktop-dark", { ...desktop, colorScheme: "dark" }],
  ["phone-light", { ...phone, colorScheme: "light" }],
  ["phone-dark", { ...phone, colorScheme: "dark" }],
];

describe.skipIf(!chromiumPath)(title, () => {
  const folder = mkdtempSync(join(tmpdir(), "bitloom-page-"));
  const file = (name: string) => join(folder, `${name}.html`);
  let browser: Browser;

  beforeAll(async () => {
    writeFileSync(file("fracnet"), renderReport(sampleReport(32, 6)));
    writeFileSync(file("small"), renderReport(sampleReport(16, 1)));
    browser = await launch();
  });
  afterAll(async () => {
    await browser.close();
    rmSync(folder, { recursive: true });
  });

  async function open(name: string, options: BrowserContextOptions): Promise<Page> {
    const page = await browser.newPage(options);
    await page.goto(`file://${file(name)}`);
    return page;
  }

  it.each(views)("is accessible, closed and open: %s", async (_name, options) => {
    const page = await open("small", options);
    expect(await violations(page)).toEqual([]);
    await openAll(page);
    expect(await violations(page)).toEqual([]);
    await page.close();
  });

  it.each(views)("fits the screen for all of FracNet: %s", async (name, options) => {
    const page = await open("fracnet", options);
    const pictures = process.env["BITLOOM_SCREENSHOTS"];
    const picture = await page.screenshot({ fullPage: true, ...(pictures && { path: join(pictures, `${name}.png`) }) });
    expect(picture.length).toBeGreaterThan(50_000);
    await openAll(page);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(options.viewport?.width);
    await page.close();
  });

  it("can be used by keyboard alone", async () => {
    const page = await open("small", desktop);
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.textContent")).toBe("Skip to the report");
    const stage = page.locator(".row.layer summary").first();
    await stage.focus();
    await page.keyboard.press("Enter");
    expect(await page.locator(".row.layer .inside").first().isVisible()).toBe(true);
    await page.close();
  });

  it("asks nobody for anything, and runs no script", async () => {
    const page = await browser.newPage();
    const requests: string[] = [];
    page.on("request", (request) => requests.push(request.url()));
    await page.goto(`file://${file("small")}`);
    expect(requests).toEqual([`file://${file("small")}`]);
    expect(await page.locator("script").count()).toBe(0);
    await page.close();
  });
});

const openAll = (page: Page): Promise<unknown> =>
  page.evaluate("for (const details of document.querySelectorAll('details')) details.open = true");

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  const { violations: found } = (await page.evaluate("axe.run()")) as axe.AxeResults;
  return found.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 200)}`));
}
