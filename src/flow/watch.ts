/** How the caller of a long piece of work follows and ends it. */
export interface Watch {
  readonly signal?: AbortSignal | undefined;
  readonly progress?: (what: string, done?: number, total?: number) => void;
}
