import type { CallbackView } from "@inlay/contract";
import { computed, signal } from "@preact/signals";
import { ApiError } from "../../session/api.ts";
import type { LiveInteraction } from "../../session/interaction.ts";
import type { Workspace } from "../../shell/workspace.ts";
import { ownZone, proposed, readWall, wallOf, zoneOfCountry } from "./schedule-time.ts";

/** Whatever the form is about: an interaction from which a callback is made, a callback that moves, or neither. */
export interface Subject {
	call?: LiveInteraction | undefined;
	moving?: CallbackView | undefined;
}

/** What stands in the form. */
export class ScheduleModel {
	readonly zone = signal(ownZone());
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
	readonly read = computed(() => readWall({ date: this.date.value, time: this.time.value }, this.zone.value));
	readonly at = computed(() => {
		const [first, later] = this.read.value?.instants ?? [];
		return this.second.value ? (later ?? first) : first;
	});
	readonly #workspace: Workspace;
	readonly subject: Subject;
	#zoneChosen = false;

	constructor(workspace: Workspace, subject: Subject) {
		this.#workspace = workspace;
		this.subject = subject;
		const { call, moving } = subject;
		this.number.value = moving?.numbers[0] ?? call?.callbackNumbers?.[0] ?? call?.remoteAddress ?? "";
		this.name.value = moving?.name ?? (call && call.remoteName !== call.remoteAddress ? call.remoteName : "");
		this.queueId.value = moving?.queueId ?? call?.queueId ?? workspace.session.queues.mine.value[0]?.id ?? "";
		if (moving?.zone) this.zone.value = moving.zone;
		this.#set(moving ? wallOf(Date.parse(moving.scheduledAt), this.zone.value) : this.#proposal());
		if (!moving) void this.#proposeZone();
	}

	dispose(): void {}

	/** The agent has chosen the zone: what stands in date and time means that zone's clocks. */
	chooseZone(zone: string): void {
		this.#zoneChosen = true;
		this.zone.value = zone;
	}

	/** Resolves true once it is saved. */
	async save(): Promise<boolean> {
		const { at } = this;
		if (at.value === undefined) return false;
		this.problem.value = undefined;
		try {
			await (this.subject.moving ? this.#move(this.subject.moving, at.value) : this.#create(at.value));
			return true;
		} catch (error) {
			if (!(error instanceof ApiError)) throw error;
			this.problem.value = { code: error.code, text: error.message };
			return false;
		}
	}

	#create(at: number): Promise<void> {
		const { call } = this.subject;
		const { api } = this.#workspace.session;
		const path = call
			? `/conversations/${call.id}/participants/${call.participantId}/callbacks`
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

	/** The customer's number says where they are, where its country has one zone. */
	async #proposeZone(): Promise<void> {
		const read = await this.#workspace.numbers.whenRead(this.number.value).catch(() => undefined);
		const zone = zoneOfCountry(read?.kind === "number" ? read.country : undefined);
		if (!zone || this.#zoneChosen || zone === this.zone.value) return;
		this.zone.value = zone;
		this.#set(this.#proposal());
	}
}
