import { computed, effect, signal } from "@preact/signals";
import type { Workspace } from "../../shell/workspace.ts";

export interface Target {
	type: "STATION" | "PHONENUMBER";
	value: string;
}

export type After = "PURECLOUD" | "LASTCALL" | "NONE";

/** The platform's `CallForwarding`, as far as the panel uses it. */
export interface Forwarding {
	enabled: boolean;
	calls: Array<{ targets: Target[] }>;
	voicemail: After;
	/** Numbers of it that the organization lets nobody forward to any more. */
	inlayNotCalled?: readonly string[] | undefined;
}

/** One's own, which is told to everybody, and switched off by everybody. */
const ownPath = "/inlay/callforwarding/me";

/** What the agent has set, as it was told last: by this panel's answer, or by the event of another one's. */
export class ForwardingState {
	readonly value = signal<Forwarding | undefined>(undefined);
	/** Why it did not load. */
	readonly why = signal<unknown>(undefined);
	readonly failed = computed(() => this.why.value !== undefined);
	readonly #workspace: Workspace;
	readonly #path: string;

	constructor(workspace: Workspace) {
		this.#workspace = workspace;
		const { session } = workspace;
		this.#path = `/users/${session.me.id}/callforwarding`;
		effect(() => {
			const { topicName, eventBody } = session.otherNews.value ?? {};
			if (topicName === `v2.users.${session.me.id}.callforwarding`) this.#take(eventBody as Forwarding);
		});
		// What was set while nobody listened is read when the channel is there again.
		effect(() => {
			if (session.channel.state.value === "open") void this.load();
		});
	}

	async load(): Promise<void> {
		try {
			this.#take(await this.#workspace.session.api.get<Forwarding>(this.mayView ? this.#path : ownPath));
			this.why.value = undefined;
		} catch (error) {
			this.why.value = this.value.peek() === undefined ? error : undefined;
		}
	}

	/** Rejects with ApiError. */
	async save(forwarding: Forwarding): Promise<void> {
		this.#take(await this.#workspace.session.api.request<Forwarding>("PUT", this.#path, forwarding));
	}

	/** Also by who may set nothing any more. */
	async switchOff(): Promise<void> {
		this.#take(await this.#workspace.session.api.request<Forwarding>("DELETE", ownPath));
	}

	get mayEdit(): boolean {
		return this.#workspace.can("conversation:callForwarding:edit");
	}

	get mayView(): boolean {
		return this.mayEdit || this.#workspace.can("conversation:callForwarding:view");
	}

	/** Where calls go first, in words. */
	summary({ calls, inlayNotCalled = [] }: Forwarding, words: { myPhone: string }): string {
		const targets = calls.flatMap((step) => step.targets).filter(({ value }) => !inlayNotCalled.includes(value));
		const [first, ...others] = targets;
		if (!first) return "";
		const text = first.type === "STATION" ? words.myPhone : this.#workspace.numbers.show(first.value);
		return others.length > 0 ? `${text} +${others.length}` : text;
	}

	#take({ enabled, calls, voicemail, inlayNotCalled }: Forwarding): void {
		const value = { enabled, calls, voicemail, inlayNotCalled };
		this.value.value = value;
		this.#workspace.runtime.news.forwardingChanged({ enabled, summary: this.summary(value, { myPhone: "phone" }) });
	}
}

const states = new WeakMap<Workspace, ForwardingState>();

/** One for the strip and the section. */
export function forwardingOf(workspace: Workspace): ForwardingState {
	const known = states.get(workspace) ?? new ForwardingState(workspace);
	states.set(workspace, known);
	return known;
}
