import type { Api } from "../../session/api.ts";
import { Task } from "../../session/load.ts";
import type { Configuration, StagedVersion } from "../../session/wire.ts";
import { readScript } from "./use.ts";

/** Which groups get a version first, or that one tries it alone; `replaces` is the version that some have until now, as it was read. */
export interface Stage {
	groups?: readonly string[];
	forMe?: true;
	replaces: number | undefined;
}

/** Groups that have a version first and are none of those that get one now: they go back to what everybody has. */
export function leavingGroups(staged: StagedVersion | undefined, chosen: readonly string[]): string[] {
	return (staged?.groups ?? []).map(({ id }) => id).filter((id) => !chosen.includes(id));
}

/** Who has which version of framework.js: some groups first, then everybody, or nobody any more. */
export class ReleaseModel {
	readonly changing = new Task();
	readonly #api: Api;
	readonly #deploymentId: string;
	readonly #base: string;
	readonly #changed: () => Promise<void>;

	/** @param changed reads anew what depends on it */
	constructor(api: Api, deploymentId: string, changed: () => Promise<void>) {
		this.#api = api;
		this.#deploymentId = deploymentId;
		this.#base = `/api/inlay/v1/deployments/${deploymentId}/scripts`;
		this.#changed = changed;
	}

	/** Keeps a text as a new version, for some groups. Resolves to its number; undefined where it was refused. */
	async stageSource(source: string, stage: Stage): Promise<number | undefined> {
		let version: number | undefined;
		await this.#change(async () => {
			const after = await this.#api.request<Staged>("POST", this.#base, { source, ...stage });
			version = after.release?.staged?.version;
		});
		return version;
	}

	/** Gives a version that there is to some groups. */
	stage(version: number, stage: Stage): Promise<boolean> {
		return this.#change(() =>
			this.#api.request("PUT", `${this.#base}/${version}/stage`, { ...stage }, { noVersion: "names what it replaces" }),
		);
	}

	/** To everybody. */
	release(version: number): Promise<boolean> {
		return this.#change(() => this.#api.request("POST", `${this.#base}/${version}/release`));
	}

	withdraw(version: number): Promise<boolean> {
		return this.#change(() =>
			this.#api.request("DELETE", `${this.#base}/${version}/stage`, undefined, { noVersion: "names the version" }),
		);
	}

	/** The text of a version. Rejects with ApiError. */
	source(version: number): Promise<string> {
		return readScript(this.#api, this.#deploymentId, version);
	}

	/** What somebody else has done meanwhile is shown beside the refusal. */
	async #change(work: () => Promise<unknown>): Promise<boolean> {
		const done = await this.changing.run(work);
		if (done || this.changing.error.peek()?.status === 409) await this.#changed();
		return done;
	}
}

type Staged = Configuration & { release?: { staged?: { version: number } } };
