/** One line on a terminal that says what is going on; on anything else one line when something begins. */

export interface Progress {
  show(what: string, done?: number, total?: number): void;
  /** Clears the line. */
  end(): void;
}

const INTERVAL_MS = 100;

export function makeProgress(stream: NodeJS.WriteStream): Progress {
  return stream.isTTY ? liveLine(stream) : plainLines(stream);
}

function liveLine(stream: NodeJS.WriteStream): Progress {
  let shown = false;
  let last = 0;
  return {
    show(what, done, total) {
      const now = Date.now();
      if (done !== undefined && done !== total && now - last < INTERVAL_MS) return;
      last = now;
      const text = done === undefined ? what : `${what} ${done}/${total}`;
      stream.write(`\r\x1b[K${text.slice(0, (stream.columns || 80) - 1)}`);
      shown = true;
    },
    end() {
      if (shown) stream.write("\r\x1b[K");
      shown = false;
    },
  };
}

function plainLines(stream: NodeJS.WriteStream): Progress {
  let current = "";
  return {
    show(what) {
      if (what !== current) stream.write(`${what}\n`);
      current = what;
    },
    end() {},
  };
}
