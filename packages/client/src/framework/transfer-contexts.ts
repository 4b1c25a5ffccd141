import { readText, readTextMap, safeGet } from "@inlay/contract";
import type { TransferContext } from "./ports.ts";

/** Choices under Transfer Workspace; a second one of the same name replaces the first (framework-contract 6). */
export class TransferContexts {
	#contexts: TransferContext[] = [];

	/** False when the request has no name. */
	add(request: unknown): boolean {
		const name = readText(safeGet(request, "name"));
		if (name === undefined) return false;
		const context = { name, attributes: readTextMap(safeGet(request, "attributes")) };
		this.#contexts = [...this.#contexts.filter((each) => each.name !== name), context];
		return true;
	}

	all(): readonly TransferContext[] {
		return this.#contexts;
	}
}
