/**
 * The message API that needs no customer script (framework-contract 10): the page asks by the names of the JavaScript API,
 * and hears events. Only pages of the listed origins are heard and told; the parent is pinned before anything is sent.
 */
import { isRecord, matchName, SUBSCRIPTION_TYPES, safeGet } from "@inlay/contract";
import type { PureCloudActions } from "@inlay/framework";
import { embeddingOrigin } from "./embedding-origin.ts";
import type { Wish } from "./inlay/ask.ts";
import type { FrameworkLog } from "./ports.ts";

export interface DirectMessageParts {
	window: Window;
	/** Whether pages of this origin may embed the panel and use the API. */
	allows: (origin: string) => boolean;
	actions: PureCloudActions;
	log: FrameworkLog;
	/** `PureCloud.Inlay.request`. */
	ask: (wish: Wish) => Promise<unknown>;
	/** What the page said before anybody listened. */
	early?: readonly MessageEvent[];
}

export class DirectMessages {
	readonly #parts: DirectMessageParts;
	readonly #listener = (event: MessageEvent) => this.#hear(event);
	#pinned: string | undefined;
	/** Pages that send objects get objects; the others get JSON texts, which is what page listeners expect. */
	#objects = false;

	constructor(parts: DirectMessageParts) {
		this.#parts = parts;
		this.#pinned = embeddingOrigin(parts.window, parts.allows);
		for (const event of parts.early ?? []) this.#hear(event);
		parts.window.addEventListener("message", this.#listener);
	}

	/** The panel is ready and an agent is signed in. */
	announceSetup(): void {
		this.#send({ type: "InitialSetup" });
	}

	/** Hears no more and says no more. */
	dispose(): void {
		this.#parts.window.removeEventListener("message", this.#listener);
		this.#pinned = undefined;
	}

	#hear(event: MessageEvent): void {
		const { window, allows } = this.#parts;
		if (event.source !== window.parent || !allows(event.origin)) return;
		const message = readMessage(event.data);
		const type = safeGet(message, "type");
		if (typeof type !== "string" || !type.startsWith("PureCloud.")) return;
		this.#pinned = event.origin;
		this.#objects = typeof event.data !== "string";
		this.#act(type.slice("PureCloud.".length).toLowerCase(), safeGet(message, "data"), event.origin);
	}

	#act(name: string, data: unknown, origin: string): void {
		const { actions, log } = this.#parts;
		const known: Record<string, (data: never) => void> = {
			subscribe: (given: unknown) => this.#subscribe(given),
			"inlay.request": (given: unknown) => void this.#ask(given, origin),
			clicktodial: actions.clickToDial,
			addassociation: actions.addAssociation,
			addtransfercontext: actions.addTransferContext,
			addcustomattributes: actions.addCustomAttributes,
			"interaction.addcustomattributes": actions.Interaction.addCustomAttributes,
			"interaction.updatestate": actions.Interaction.updateState,
			"user.updatestatus": actions.User.updateStatus,
			"user.setview": actions.User.setView,
			"user.notification.notifyuser": actions.User.Notification.notifyUser,
			"user.notification.setaudioconfiguration": actions.User.Notification.setAudioConfiguration,
		};
		const action = Object.hasOwn(known, name) ? known[name] : undefined;
		if (action === undefined) log.warn("The page asks for an action that the message API does not have", { name });
		else action(data as never);
	}

	/** `{id, request, data, timeoutMs}`; the answer has the same `id`, and `data` or `error`. */
	async #ask(given: unknown, host: string): Promise<void> {
		const id = safeGet(given, "id");
		const options = { id, timeoutMs: safeGet(given, "timeoutMs") };
		const wish = { name: safeGet(given, "request"), data: safeGet(given, "data"), options, host };
		try {
			this.#send({ type: "Inlay.answer", id, data: await this.#parts.ask(wish) });
		} catch (thrown) {
			this.#send({
				type: "Inlay.answer",
				id,
				error: { code: safeGet(thrown, "code"), message: safeGet(thrown, "message") },
			});
		}
	}

	#subscribe(given: unknown): void {
		const type = matchName(SUBSCRIPTION_TYPES, safeGet(given, "type"));
		const categories = safeGet(given, "categories");
		if (type === undefined) return;
		const callback = (category: string, data: unknown) => this.#send({ type, category, data });
		const wanted = Array.isArray(categories) && categories.length > 0 ? { categories: categories.map(String) } : {};
		// What the page names need not be a category of its type: nothing is told then.
		this.#parts.actions.subscribe([{ type, callback, ...wanted } as never]);
	}

	#send(message: object): void {
		const { window } = this.#parts;
		if (this.#pinned === undefined || window.parent === window) return;
		window.parent.postMessage(this.#objects ? message : JSON.stringify(message), this.#pinned);
	}
}

function readMessage(data: unknown): Record<string, unknown> | undefined {
	if (isRecord(data)) return data;
	try {
		const read: unknown = JSON.parse(String(data));
		return isRecord(read) ? read : undefined;
	} catch {
		return undefined;
	}
}
