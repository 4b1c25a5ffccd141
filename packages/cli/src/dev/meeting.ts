/** Where panels that run the script and inspectors that look on meet: each tells, and the dev server passes on. */
import type { WebSocket } from "ws";
import type { Entry, FromInspector, FromPanel, ToInspector, ToPanel } from "./protocol.ts";
import type { Versions } from "./versions.ts";

/** What an inspector that is opened, or loaded anew, still sees. */
const mostKept = 2_000;

export interface MeetingParts {
	versions: () => Versions;
	/** For the terminal. */
	say(sentence: string): void;
}

export class Meeting {
	readonly #parts: MeetingParts;
	readonly #panels = new Set<WebSocket>();
	readonly #inspectors = new Set<WebSocket>();
	readonly #entries = new Map<string, Entry>();
	/** As the newest panel has it: its address, and the origin of the page around. */
	around = { search: "", hostOrigin: "" };
	/** Of the page that is shown, for panels whose browser does not tell it. */
	shownOrigin = "";

	constructor(parts: MeetingParts) {
		this.#parts = parts;
	}

	join(role: "panel" | "inspector", socket: WebSocket): void {
		const [members, hear] =
			role === "panel"
				? ([this.#panels, (text: string) => this.#fromPanel(socket, JSON.parse(text) as FromPanel)] as const)
				: ([this.#inspectors, (text: string) => this.#fromInspector(JSON.parse(text) as FromInspector)] as const);
		members.add(socket);
		socket.on("message", (data) => {
			try {
				hear(String(data));
			} catch {
				// Whatever speaks so is no page of ours.
				socket.close(1007);
			}
		});
		socket.on("error", () => socket.terminate());
		socket.on("close", () => {
			members.delete(socket);
			this.tellState();
		});
		if (role === "inspector") this.#tell(socket, { type: "entries", entries: [...this.#entries.values()] });
		this.tellState();
	}

	/** A version can be loaded. @returns whether a panel is there that does */
	publish(version: number, mayReplace: boolean): boolean {
		for (const panel of this.#panels) this.#tell(panel, { type: "version", version, mayReplace });
		this.tellState();
		return this.#panels.size > 0;
	}

	tellState(): void {
		const script = this.#parts.versions().state;
		for (const each of this.#inspectors) this.#tell(each, { type: "state", script, panels: this.#panels.size });
	}

	#fromPanel(panel: WebSocket, told: FromPanel): void {
		const versions = this.#parts.versions();
		if (told.type === "hello") {
			this.around = { search: told.search, hostOrigin: told.hostOrigin ?? this.shownOrigin };
			const { version } = versions.state;
			// Saved between the loading of the page and now.
			if (version > 0) this.#tell(panel, { type: "version", version, mayReplace: versions.mayReplace });
		} else if (told.type === "entries") {
			this.#keep(told.entries.map((entry) => this.#located(entry)));
		} else if (told.type === "live") {
			const ms = versions.isLive(told.version, told.how !== "opened");
			if (ms !== undefined) this.#parts.say(`${versions.state.file} is live after ${ms} ms (${how[told.how]}).`);
		} else {
			const error = versions.located(told.error);
			versions.failed(error);
			this.#keep([
				{ id: `refused-${told.version}`, kind: "error", name: "script", at: Date.now(), payload: null, error },
			]);
		}
	}

	#fromInspector(told: FromInspector): void {
		if (told.type === "clear") {
			this.#entries.clear();
			for (const each of this.#inspectors) this.#tell(each, { type: "cleared" });
		} else for (const panel of this.#panels) this.#tell(panel, told);
	}

	#located(entry: Entry): Entry {
		return entry.error ? { ...entry, error: this.#parts.versions().located(entry.error) } : entry;
	}

	#keep(entries: Entry[]): void {
		for (const entry of entries) this.#entries.set(entry.id, entry);
		for (const id of this.#entries.keys()) {
			if (this.#entries.size <= mostKept) break;
			this.#entries.delete(id);
		}
		for (const each of this.#inspectors) this.#tell(each, { type: "entries", entries });
	}

	#tell(socket: WebSocket, news: ToPanel | ToInspector): void {
		socket.send(JSON.stringify(news), () => undefined);
	}
}

const how = {
	opened: "the panel has opened",
	replaced: "in the panel as it is",
	reloaded: "the panel was loaded anew",
};
