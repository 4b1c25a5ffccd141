import { type CallbackView, type CallingRules, isRecord } from "@inlay/contract";
import { computed, effect, signal } from "@preact/signals";
import { ApiError } from "../../session/api.ts";
import type { LiveInteraction } from "../../session/interaction.ts";
import type { RecentCall } from "../../session/recent-calls.ts";
import { refusalText } from "../../shell/refusal-text.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { type Draft, draftOf } from "./draft.ts";
import { outsideWindow, ownZone, proposed, readWall, wallOf, zoneOfCountry, zonesOf } from "./schedule-time.ts";

/** Whatever the form is about: an interaction from which a callback is made, a callback that moves, or neither. */
export interface Subject {
	call?: LiveInteraction | undefined;
	moving?: CallbackView | undefined;
	/** Whom it is for, where it is about neither. */
	whom?: { number: string; name: string } | undefined;
	/** A call that is over. */
	past?: RecentCall | undefined;
}

/** How long after its end a callback can be made from an interaction, in ms (agent-features 3); later one stands alone. */
const afterEndMs = 15 * 60_000;

/** Until the server has told (agent-features 3). */
const usualWindow = { windowStart: "08:00", windowEnd: "20:00" };

/** What of the form is typed or chosen. */
const kept = [
	"zone",
	"zoneKnown",
	"date",
	"time",
	"second",
	"number",
	"name",
	"note",
	"queueId",
	"toMe",
	"owned",
] as const;

/** What stands in the form. */
export class ScheduleModel {
	readonly zone = signal(ownZone());
	/** The agent has chosen it, or the number's country has no other. */
	readonly zoneKnown = signal(false);
	readonly date = signal("");
	readonly time = signal("");
	/** Which of two instants, where the time comes twice. */
	readonly second = signal(false);
	readonly number = signal("");
	readonly name = signal("");
	readonly note = signal("");
	readonly queueId = signal("");
	readonly toMe = signal(false);
	readonly owned = signal(false);
	/** What the server said of the field that it refused, or of all. */
	readonly problem = signal<{ code: string; field?: string | undefined; text: string } | undefined>(undefined);
	/** When people are called back, as far as it is known. */
	readonly rules = signal<Pick<CallingRules, "windowStart" | "windowEnd">>(usualWindow);
	readonly read = computed(() => readWall({ date: this.date.value, time: this.time.value }, this.zone.value));
	readonly at = computed(() => {
		const [first, later] = this.read.value?.instants ?? [];
		return this.second.value ? (later ?? first) : first;
	});
	/** Whether it is then a time at which the customer does not like to be called. */
	readonly outside = computed(() => {
		const at = this.at.value;
		if (at === undefined) return "no";
		const zones = zonesOf(this.country.value);
		return outsideWindow(at, { zone: this.zone.value, isKnown: this.zoneKnown.value, zones }, this.rules.value);
	});
	/** Of the number, by which it is read; undefined for what is none. */
	readonly country = computed(() => {
		const read = this.#workspace.numbers.read(this.number.value);
		return read?.kind === "number" ? read.country : undefined;
	});
	readonly #workspace: Workspace;
	readonly subject: Subject;
	readonly #draft: Draft;
	/** As the form began: only what differs from it is worth keeping. */
	#first: string | undefined;
	readonly #stop: () => void;

	constructor(workspace: Workspace, subject: Subject) {
		this.#workspace = workspace;
		this.subject = subject;
		const { call, moving, past, whom } = subject;
		this.number.value =
			moving?.numbers[0] ?? call?.callbackNumbers?.[0] ?? call?.remoteAddress ?? past?.address ?? whom?.number ?? "";
		this.name.value =
			whom?.name ??
			moving?.name ??
			nameOf(call?.remoteName, call?.remoteAddress) ??
			nameOf(past?.name, past?.address) ??
			"";
		this.queueId.value =
			moving?.queueId ?? call?.queueId ?? past?.queueId ?? workspace.session.queues.mine.value[0]?.id ?? "";
		this.zone.value = moving?.zone ?? this.zone.value;
		this.zoneKnown.value = moving?.zone !== undefined;
		const isAhead = moving && Date.parse(moving.scheduledAt) > workspace.session.now.peek();
		this.#set(isAhead ? wallOf(Date.parse(moving.scheduledAt), this.zone.value) : this.#proposal());
		void this.#readRules();
		this.#draft = draftOf(workspace, subject);
		const draft = this.#draft.read();
		if (isRecord(draft)) this.#resume(draft);
		else if (!moving) void this.#proposeZone();
		this.#stop = effect(() => this.#keep());
	}

	dispose(): void {
		this.#stop();
	}

	/** The agent has chosen the zone: what stands in date and time means that zone's clocks. */
	chooseZone(zone: string): void {
		this.zoneKnown.value = true;
		this.zone.value = zone;
	}

	/** The agent goes back: what is typed about an interaction stays with it. */
	giveUp(): void {
		if (!this.#draft.isOfInteraction) this.#forget();
	}

	/** Resolves true once it is saved. */
	async save(): Promise<boolean> {
		const { at } = this;
		if (at.value === undefined) return false;
		this.problem.value = undefined;
		try {
			await (this.subject.moving ? this.#move(this.subject.moving, at.value) : this.#create(at.value));
			this.#forget();
			return true;
		} catch (error) {
			if (!(error instanceof ApiError)) throw error;
			this.problem.value = { code: error.code, text: refusalText(error) ?? error.message };
			return false;
		}
	}

	async #readRules(): Promise<void> {
		const rules = await this.#workspace.session.api.get<CallingRules>("/inlay/calling/rules").catch(() => undefined);
		if (rules) this.rules.value = rules;
	}

	/** What stands in the form is kept until it is saved, whatever becomes of this page. */
	#keep(): void {
		const draft = Object.fromEntries(kept.map((name) => [name, this[name].value]));
		const text = JSON.stringify(draft);
		this.#first ??= text;
		if (text !== this.#first) this.#draft.write(draft);
	}

	#resume(draft: Record<string, unknown>): void {
		for (const name of kept) {
			const field: { value: unknown } = this[name];
			if (typeof draft[name] === typeof field.value) field.value = draft[name];
		}
	}

	#forget(): void {
		this.#stop();
		this.#draft.write(null);
	}

	#create(at: number): Promise<void> {
		const from = this.#source();
		const { api } = this.#workspace.session;
		const path = from
			? `/conversations/${from.id}/participants/${from.participantId}/callbacks`
			: "/conversations/callbacks";
		const me = this.toMe.value || this.owned.value ? [this.#workspace.session.me.id] : undefined;
		return api.post(path, {
			callbackNumbers: [this.number.value.trim()],
			callbackScheduledTime: new Date(at).toISOString(),
			...(this.name.value.trim() ? { callbackUserName: this.name.value.trim() } : {}),
			...(this.note.value.trim() ? { data: { note: this.note.value.trim() } } : {}),
			routingData: {
				queueId: this.queueId.value,
				...(me ? { preferredAgentIds: me } : {}),
				...(this.owned.value ? { routingFlags: ["AGENT_OWNED_CALLBACK"] } : {}),
			},
			inlay: this.#chosen(),
		});
	}

	/** The interaction to which the callback belongs, while it can be made from it. */
	#source(): { id: string; participantId?: string | undefined } | undefined {
		const { call, past } = this.subject;
		if (call || !past?.participantId) return call;
		return canBeMade(past, this.#workspace.session.now.peek()) ? past : undefined;
	}

	#move({ id }: CallbackView, at: number): Promise<void> {
		return this.#workspace.session.api.patch("/conversations/callbacks", {
			conversationId: id,
			callbackScheduledTime: new Date(at).toISOString(),
			callbackNumbers: [this.number.value.trim()],
			inlay: this.#chosen(),
		});
	}

	#chosen() {
		return { zone: this.zone.value, ...(this.read.value ? { wallTime: this.read.value.shown } : {}) };
	}

	#proposal() {
		return proposed(this.#workspace.session.now.value, this.zone.value);
	}

	#set({ date, time }: { date: string; time: string }): void {
		this.date.value = date;
		this.time.value = time;
	}

	/** The customer's number says where they are, where the clocks of its country all show the same. */
	async #proposeZone(): Promise<void> {
		const read = await this.#workspace.numbers.whenRead(this.number.value).catch(() => undefined);
		const zone = zoneOfCountry(read?.kind === "number" ? read.country : undefined);
		if (!zone || this.zoneKnown.value) return;
		this.zoneKnown.value = true;
		if (zone === this.zone.value) return;
		this.zone.value = zone;
		this.#set(this.#proposal());
	}
}

/** Whether a callback can be made from an interaction: while it lasts, and for a while after. */
export function canBeMade({ endTime }: { endTime?: string | undefined }, now: number): boolean {
	return endTime === undefined || now - Date.parse(endTime) < afterEndMs;
}

/** A name that is no number. */
function nameOf(name: string | undefined, address: string | undefined): string | undefined {
	return name !== undefined && name !== address ? name : undefined;
}
