import { type Api, listAll } from "../../session/api.ts";
import { Loaded, Task } from "../../session/load.ts";
import { needs } from "../../session/needs.ts";
import type { Paged } from "../../session/paged.ts";
import type { Self } from "../../session/self.ts";
import type { WrapupCode } from "../wrapup-codes/code.ts";
import { searchCodes } from "../wrapup-codes/codes.ts";

/** The wrap-up codes that a queue offers: each is given and taken by itself. */
export class QueueCodes {
	readonly own: Loaded<WrapupCode[]>;
	/** To choose from; nothing to who may see none. */
	readonly all: Paged<WrapupCode> | undefined;
	readonly changing = new Task();
	readonly #api: Api;
	readonly #path: string;

	/** @param queuePath of the queue in the API */
	constructor(api: Api, self: Self, queuePath: string) {
		this.#api = api;
		this.#path = `${queuePath}/wrapupcodes`;
		this.own = new Loaded(() => listAll<WrapupCode>(api, this.#path));
		this.all = self.rights.peek().may(needs.viewWrapupCodes) ? searchCodes(api) : undefined;
	}

	give(codeId: string): Promise<boolean> {
		return this.#change(() => this.#api.request("POST", this.#path, [{ id: codeId }]));
	}

	take(codeId: string): Promise<boolean> {
		return this.#change(() => this.#api.request("DELETE", `${this.#path}/${encodeURIComponent(codeId)}`));
	}

	async #change(work: () => Promise<unknown>): Promise<boolean> {
		const done = await this.changing.run(work);
		await this.own.load();
		return done;
	}
}
