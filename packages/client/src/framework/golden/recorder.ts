/** A script that writes down all that it is told, and the way to read that (framework-contract 5, 7 and 8). */

/** What came, its name, and what it carried as JSON text: the order of keys is part of the contract. */
export type Heard = [kind: string, name: string, json: string | null];

/** Subscribes to everything, also to what is sent only to who names it. */
export const recorder = (settings: object, byName: readonly string[]): string => `
var heard = [];
function note(kind, name, data) { heard.push([kind, name, JSON.stringify(data)]); }
["Interaction", "UserAction", "Notification"].forEach(function (type) {
	function tell(category, data) { note(type, category, data); }
	window.PureCloud.subscribe([{ type: type, callback: tell }, { type: type, categories: ${JSON.stringify(byName)}, callback: tell }]);
});
window.Framework = {
	config: { name: "recorder", customInteractionAttributes: ["PEF_URLPop", "Ticket"], settings: ${JSON.stringify(settings)} },
	initialSetup: function () { note("callback", "initialSetup"); },
	screenPop: function (searchString, interaction) { note("callback", "screenPop", { searchString: searchString, interaction: interaction }); },
	processCallLog: function (callLog, interaction, eventName, onSuccess) {
		note("callback", "processCallLog", { eventName: eventName, callLog: callLog, interaction: interaction });
		onSuccess({ id: "crm-1" });
	},
	openCallLog: function (callLog, interaction) { note("callback", "openCallLog", { callLog: callLog, interaction: interaction }); },
};`;

/** Writes what was heard, a key a line; an interaction that stands there already is not written again. */
export class Writer {
	readonly #lines: string[] = [];
	#last = "";

	step(name: string, heard: readonly Heard[]): void {
		this.#lines.push(`# ${name}`);
		for (const [kind, event, json] of heard) this.#event(`${kind} ${event}`, json);
		this.#lines.push("");
	}

	text(): string {
		return this.#lines.join("\n");
	}

	#event(title: string, json: string | null): void {
		const data: unknown = json === null ? undefined : JSON.parse(json);
		this.#lines.push(title);
		if (isObject(data) && "old" in data) {
			this.#value("old", data.old);
			this.#value("new", data.new);
		} else if (isObject(data) && "state" in data && "isDone" in data) this.#interaction("", data);
		else if (isObject(data)) for (const [key, value] of Object.entries(data)) this.#value(key, value);
		else if (json !== null) this.#lines.push(`  ${json}`);
	}

	#value(key: string, value: unknown): void {
		if (isObject(value) && "isDone" in value) this.#interaction(`${key}: `, value);
		else this.#lines.push(`  ${key}: ${JSON.stringify(value)}`);
	}

	#interaction(title: string, interaction: object): void {
		const json = JSON.stringify(interaction);
		const isKnown = json === this.#last;
		this.#lines.push(`  ${title}${isKnown ? "as above" : "interaction"}`);
		this.#last = json;
		if (isKnown) return;
		for (const [key, value] of Object.entries(interaction)) this.#lines.push(`    ${key}: ${JSON.stringify(value)}`);
	}
}

function isObject(value: unknown): value is Record<string, unknown> {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
