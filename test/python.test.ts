/** The tests of python/, where there is a Python that has what they need: BITLOOM_PYTHON, else python3. */
import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { packageFile } from "../src/package-root.ts";

const python = process.env["BITLOOM_PYTHON"] ?? "python3";
const able = spawnSync(python, ["-c", "import pytest, safetensors, torch"]).status === 0;
const title = able
  ? "python/"
  : "python/ (skipped: pip install -e 'python[dev]', and name that Python in BITLOOM_PYTHON)";

/** PyTorch alone takes half a minute to load on a busy machine. */
const TIMEOUT = 600_000;

test.skipIf(!able)(title, { timeout: TIMEOUT }, () => {
  const { status, stdout } = spawnSync(python, ["-m", "pytest", "-q", "-p", "no:cacheprovider"], {
    cwd: packageFile("python"),
    encoding: "utf8",
  });
  expect(status, stdout).toBe(0);
});
