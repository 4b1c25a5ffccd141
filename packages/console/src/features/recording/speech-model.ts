import { signal } from "@preact/signals";
import type { Api } from "../../session/api.ts";
import { Edited } from "../../session/edited.ts";
import { Task } from "../../session/load.ts";

const path = "/api/inlay/v1/transcription";

interface Engine {
	language: string;
	url: string;
}

/** What the organization says of turning speech into text, as the server has it. */
export interface SpeechSettings {
	version: number;
	enabled: boolean;
	voicemail: boolean;
	engines: Engine[];
}

export interface SpeechForm {
	enabled: boolean;
	voicemail: boolean;
	/** A line each: the language, and the address. */
	engines: string;
}

/** How an engine did that was tried. */
export interface Tried extends Engine {
	ok: boolean;
	error?: string;
}

/** Speech engines, and whether they are asked. */
export class SpeechModel extends Edited<SpeechSettings, SpeechForm> {
	/** What became of the last try. */
	readonly results = signal<readonly Tried[]>([]);
	readonly trying = new Task();
	readonly #api: Api;

	constructor(api: Api) {
		super({
			formOf: ({ enabled, voicemail, engines }) => ({ enabled, voicemail, engines: textOf(engines) }),
			problemsOf: (form) => new Set(enginesOf(form.engines) ? [] : ["engines" as const]),
			read: () => api.request("GET", `${path}/settings`),
			save: ({ enabled, voicemail, engines }, { version }) =>
				api.request("PUT", `${path}/settings`, { enabled, voicemail, engines: enginesOf(engines) ?? [], version }),
		});
		this.#api = api;
	}

	/** Has every engine that stands in the form hear a second of silence. */
	async try(): Promise<void> {
		const engines = enginesOf(this.details.form.peek()?.engines ?? "") ?? [];
		this.results.value = [];
		await this.trying.run(async () => {
			const asked = engines.map((engine) =>
				this.#api.request<Omit<Tried, keyof Engine>>("POST", `${path}/check`, engine),
			);
			const answers = await Promise.all(asked);
			this.results.value = answers.map((answer, at) => ({ ...(engines[at] as Engine), ...answer }));
		});
	}
}

const textOf = (engines: readonly Engine[]) => engines.map(({ language, url }) => `${language} ${url}`).join("\n");

/** Undefined where a line is none. */
export function enginesOf(text: string): Engine[] | undefined {
	const lines = text
		.split("\n")
		.map((line) => line.trim())
		.filter(Boolean);
	const read = lines.map((line) => /^([A-Za-z]{2,3}(?:-[\w-]+)?)\s+(wss?:\/\/\S+)$/i.exec(line));
	if (read.some((found) => found === null)) return undefined;
	return read.map((found) => ({ language: found?.[1] ?? "", url: found?.[2] ?? "" }));
}
