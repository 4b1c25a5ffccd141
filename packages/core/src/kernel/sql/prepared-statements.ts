import type { Shape } from "./batch.ts";

/** Age at which a statement is prepared again, ms. */
const renewAfterMs = 10_000;

/**
 * What one connection keeps prepared, by name. Whose rows have been described once needs no description any more.
 *
 * A statement may be planned once and for all, for tables as they are at that moment, and PostgreSQL finds out that they
 * have grown only when it analyses them: a plan made over a handful of rows reads a table from end to end ever after.
 * So statements grow old. Preparing a few again in ten seconds costs nothing beside the thousands that run.
 */
export class PreparedStatements {
	readonly #known = new Map<string, { shape: Shape; since: number }>();
	readonly #renewAfterMs: number;

	constructor(renewMs = renewAfterMs) {
		this.#renewAfterMs = renewMs;
	}

	isFresh(name: string): boolean {
		const known = this.#known.get(name);
		return known !== undefined && performance.now() - known.since < this.#renewAfterMs;
	}

	shapeOf(name: string): Shape | undefined {
		return this.#known.get(name)?.shape;
	}

	/** It has been prepared, and run, just now. */
	add(name: string, shape: Shape): void {
		this.#known.set(name, { shape, since: performance.now() });
	}

	clear(): void {
		this.#known.clear();
	}
}
