import { type MeasuredCall, type SoundFault, soundFaults } from "@inlay/contract";
import { batch, computed, signal } from "@preact/signals";
import type { Addressed, Place } from "../../session/addressed.ts";
import type { Api } from "../../session/api.ts";
import { Paged, type Slice } from "../../session/paged.ts";
import { searchPeople } from "../../session/people-search.ts";
import type { User } from "../../session/wire.ts";

/** What was wrong, whoever noticed; `any` for whatever it was, `every` for calls that sounded well, too. */
export const faultKinds = ["any", "loss", "jitter", "faint", "silent", "delay", "worst", "every"] as const;
export type FaultKind = (typeof faultKinds)[number];

/** Who noticed: the agent (`received`), the other side (`sent`), or whoever. */
export const sides = ["either", "received", "sent"] as const;
export type Side = (typeof sides)[number];

/** Days back from now; the server looks no further. */
export const periods = ["1", "7", "31"] as const;
export type Period = (typeof periods)[number];

type Agent = Pick<User, "id" | "name">;

const dayMs = 86_400_000;

/** Calls by how they sounded: of what time, with which faults, of whom. */
export class QualityModel implements Addressed {
	readonly period = signal<Period>("1");
	readonly kind = signal<FaultKind>("any");
	readonly side = signal<Side>("either");
	readonly agent = signal<Agent | undefined>(undefined);
	readonly calls: Paged<MeasuredCall>;
	/** To choose an agent from. */
	readonly people: Paged<Agent>;
	readonly place = computed<Place>(() => ({
		...(this.period.value === "1" ? {} : { days: this.period.value }),
		...(this.kind.value === "any" ? {} : { fault: this.kind.value }),
		...(this.side.value === "either" ? {} : { side: this.side.value }),
		...(this.agent.value ? { agent: this.agent.value.id } : {}),
		...this.calls.place.value,
	}));
	readonly #api: Api;
	readonly #now: () => number;

	constructor(api: Api, now: () => number = Date.now) {
		this.#api = api;
		this.#now = now;
		this.people = searchPeople(api);
		this.calls = new Paged(({ number, size }) => this.#read(number, size));
	}

	get steps() {
		return this.calls.steps;
	}

	/** Narrows, or widens, what is looked for; from the first page on. */
	choose(choice: { period?: Period; kind?: FaultKind; side?: Side; agent?: Agent | undefined }): void {
		batch(() => {
			this.period.value = choice.period ?? this.period.peek();
			this.kind.value = choice.kind ?? this.kind.peek();
			this.side.value = choice.side ?? this.side.peek();
			if ("agent" in choice) this.agent.value = choice.agent;
			void this.calls.go(1);
		});
	}

	restore({ days = "1", fault = "any", side = "either", agent, ...list }: Place): void {
		const before = this.#choices();
		batch(() => {
			this.period.value = among(periods, days) ?? "1";
			this.kind.value = among(faultKinds, fault) ?? "any";
			this.side.value = among(sides, side) ?? "either";
			if (agent !== this.agent.peek()?.id) this.#restoreAgent(agent);
		});
		this.calls.restore(list, before !== this.#choices());
	}

	#choices(): string {
		return [this.period.peek(), this.kind.peek(), this.side.peek(), this.agent.peek()?.id].join(" ");
	}

	/** The address names an id; the name comes when it is read, where one may see people. */
	#restoreAgent(id: string | undefined): void {
		this.agent.value = id === undefined ? undefined : { id, name: id };
		if (id === undefined) return;
		const path = `/api/v2/users/${encodeURIComponent(id)}`;
		this.#api.request<User>("GET", path).then(
			(user) => {
				if (this.agent.peek()?.id === id) this.agent.value = user;
			},
			() => undefined,
		);
	}

	async #read(number: number, size: number): Promise<Slice<MeasuredCall>> {
		const to = this.#now();
		const from = to - Number(this.period.peek()) * dayMs;
		const agent = this.agent.peek();
		const query = new URLSearchParams({
			interval: `${new Date(from).toISOString()}/${new Date(to).toISOString()}`,
			fault: faultsWanted(this.kind.peek(), this.side.peek()).join(","),
			...(agent ? { userId: agent.id } : {}),
			pageSize: String(size),
			pageNumber: String(number),
		});
		return this.#api.request("GET", `/api/inlay/v1/conversations/quality?${query}`);
	}
}

/** The faults that the server is asked for; `none` for every call that was measured. Delay is noticed by both sides. */
export function faultsWanted(kind: FaultKind, side: Side): Array<SoundFault | "none"> {
	if (kind === "every") return ["none"];
	const isKind = (fault: SoundFault) => kind === "any" || fault === kind || fault.endsWith(`.${kind}`);
	const isSide = (fault: SoundFault) => side === "either" || fault === kind || fault.startsWith(`${side}.`);
	return soundFaults.filter((fault) => isKind(fault) && isSide(fault));
}

function among<T extends string>(all: readonly T[], text: string): T | undefined {
	return all.find((one) => one === text);
}
