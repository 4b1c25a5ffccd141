import { mostSegments, plainCharacters, type SmsSegments, smsSegments } from "@inlay/contract/sms-segments";
import { computed, signal } from "@preact/signals";
import type { LiveInteraction } from "../../session/interaction.ts";
import type { Workspace } from "../../shell/workspace.ts";

/** Of the agent's desk. */
const section = "message";

/** What the agent is writing to a customer: on their desk until it is sent, whatever becomes of this page. */
export class ComposerModel {
	readonly text = signal("");
	/** As how many texts it goes to a phone; undefined on other channels, and while there is nothing. */
	readonly size = computed<SmsSegments | undefined>(() =>
		this.#isSms && this.text.value !== "" ? smsSegments(this.text.value) : undefined,
	);
	readonly isTooLong = computed(() => (this.size.value?.segments ?? 0) > mostSegments);
	/** Plain characters would make it another text. */
	readonly isTypographic = computed(
		() => this.size.value?.encoding === "UCS-2" && plainCharacters(this.text.value) !== this.text.value,
	);
	/** Why the server did not send it. */
	readonly refused = signal<string | undefined>(undefined);
	readonly #workspace: Workspace;
	readonly #id: string;
	readonly #isSms: boolean;
	readonly #stop: () => void;

	constructor(workspace: Workspace, call: LiveInteraction) {
		this.#workspace = workspace;
		this.#id = call.id;
		this.#isSms = channelOf(call) === "sms";
		const { desk } = workspace.session;
		const read = (kept: unknown) => {
			this.text.value = typeof kept === "string" ? kept : "";
		};
		read(desk.read(call.id, section));
		this.#stop = desk.follow({
			wrote: (id, of, value) => {
				if (id === this.#id && of === section) read(value);
			},
			led: () => {},
		});
	}

	get busyKey(): string {
		return `message.${this.#id}`;
	}

	write(text: string): void {
		this.refused.value = undefined;
		this.#keep(text);
	}

	makePlain(): void {
		this.write(plainCharacters(this.text.peek()));
	}

	/** Sends what stands there. Resolves true once the server has it; else the text stays. */
	async send(call: LiveInteraction): Promise<boolean> {
		const text = this.text.peek();
		if (text.trim() === "" || this.isTooLong.peek()) return false;
		const sent = await this.sendText(call, text);
		if (sent) this.#keep("");
		return sent;
	}

	/** Once at a time, whatever is pressed meanwhile. */
	async sendText({ id, communicationId }: LiveInteraction, textBody: string): Promise<boolean> {
		const { session } = this.#workspace;
		this.refused.value = undefined;
		const path = `/conversations/messages/${id}/communications/${communicationId}/messages`;
		const done = await this.#workspace.attempt(this.busyKey, async () => {
			try {
				await session.api.post(path, { textBody });
			} catch (error) {
				// Said beside the text that it is about.
				this.refused.value = this.#workspace.describe(error);
			}
		});
		return done && this.refused.peek() === undefined;
	}

	dispose(): void {
		this.#stop();
	}

	#keep(text: string): void {
		this.text.value = text;
		this.#workspace.session.desk.write(this.#id, section, text === "" ? null : text);
	}
}

/** `sms` or `open`. */
export function channelOf({ source, participantId }: LiveInteraction): string | undefined {
	const own = source.participants?.find(({ id }) => id === participantId);
	return own?.messages?.at(-1)?.type;
}
