import { isRecord, readText, readTextMap, safeGet } from "@inlay/contract";
import type { DeskPort, TransferContext } from "./ports.ts";

/** The desk's section. */
const section = "transfer";

/**
 * Choices under Transfer Workspace; a second one of the same name replaces the first (framework-contract 6). What a script
 * adds during an interaction is kept with that.
 */
export class TransferContexts {
	#contexts: readonly TransferContext[] = [];
	#desk: Pick<DeskPort, "read" | "write"> | undefined;

	open(desk: Pick<DeskPort, "read" | "write"> | undefined): void {
		this.#desk = desk;
	}

	/** False when the request has no name. */
	add(request: unknown, interactionId: string | undefined): boolean {
		const name = readText(safeGet(request, "name"));
		if (name === undefined) return false;
		const context = { name, attributes: readTextMap(safeGet(request, "attributes")) };
		this.#contexts = joined(this.#contexts, [context]);
		if (interactionId) this.#desk?.write(interactionId, section, joined(this.#keptWith(interactionId), [context]));
		return true;
	}

	/** Takes up what was added during these interactions before, or in another panel. True where that is news. */
	restore(interactionIds: readonly string[]): boolean {
		const kept = interactionIds.flatMap((id) => this.#keptWith(id));
		const added = kept.filter(({ name }) => !this.#contexts.some((each) => each.name === name));
		this.#contexts = [...this.#contexts, ...added];
		return added.length > 0;
	}

	all(): readonly TransferContext[] {
		return this.#contexts;
	}

	#keptWith(interactionId: string): TransferContext[] {
		const kept = this.#desk?.read(interactionId, section);
		return Array.isArray(kept) ? kept.filter(isContext) : [];
	}
}

function joined(contexts: readonly TransferContext[], added: readonly TransferContext[]): TransferContext[] {
	return [...contexts.filter((each) => !added.some(({ name }) => name === each.name)), ...added];
}

function isContext(value: unknown): value is TransferContext {
	return isRecord(value) && typeof value.name === "string" && isRecord(value.attributes);
}
