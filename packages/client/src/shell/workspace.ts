import type { FrameworkConfig } from "@inlay/contract";
import { holdsPermission } from "@inlay/contract";
import { computed, effect, type ReadonlySignal, signal } from "@preact/signals";
import type { KeyValue } from "../boot/storage.ts";
import type { NewInteractionRequest, TransferContext } from "../framework/ports.ts";
import type { FrameworkRuntime } from "../framework/runtime.ts";
import { Devices } from "../phone/devices.ts";
import { MicrophoneError } from "../phone/microphone.ts";
import { Phone } from "../phone/phone.ts";
import { Ringer } from "../phone/ringer.ts";
import { ApiError } from "../session/api.ts";
import type { NewCall } from "../session/call-actions.ts";
import type { LiveInteraction } from "../session/interaction.ts";
import type { Session } from "../session/session.ts";
import { dialString, Numbers } from "./numbers.ts";
import { t } from "./strings.ts";
import type { Toasts } from "./toasts.ts";

/** What a workspace shares with the panel around it. */
export interface WorkspaceParts {
	session: Session;
	runtime: FrameworkRuntime;
	config: ReadonlySignal<FrameworkConfig>;
	toasts: Toasts;
	storage: KeyValue;
	/** ISO 3166 code of the organization's country, for phone numbers. */
	country: string;
	/** Which media ring audibly; a script may change it. */
	audible: ReadonlySignal<Record<string, boolean>>;
	transferContexts: ReadonlySignal<readonly TransferContext[]>;
}

/** One signed-in agent's place of work: what is selected, which view shows, and what a click does. */
export class Workspace {
	readonly session: Session;
	readonly runtime: FrameworkRuntime;
	readonly config: ReadonlySignal<FrameworkConfig>;
	readonly toasts: Toasts;
	readonly phone: Phone;
	readonly devices: Devices;
	readonly ringer: Ringer;
	readonly numbers: Numbers;
	readonly transferContexts: ReadonlySignal<readonly TransferContext[]>;
	/** Id of the feature whose view shows. */
	readonly view = signal("interactions");
	/** What the new-interaction view is filled with. */
	readonly draft = signal<NewInteractionRequest | undefined>(undefined);
	/** The interaction whose log the log view shows; the selected one when undefined. */
	readonly selectedId = signal<string | undefined>(undefined);
	readonly selected: ReadonlySignal<LiveInteraction | undefined>;
	readonly alerting: ReadonlySignal<LiveInteraction | undefined>;
	/** Keys of actions under way, so that a second click does nothing. */
	readonly busy = signal<ReadonlySet<string>>(new Set());
	readonly #clean: (() => void)[] = [];

	constructor(parts: WorkspaceParts) {
		this.session = parts.session;
		this.runtime = parts.runtime;
		this.config = parts.config;
		this.toasts = parts.toasts;
		this.transferContexts = parts.transferContexts;
		this.devices = new Devices(parts.storage);
		this.phone = new Phone(parts.session, this.devices);
		this.ringer = new Ringer(this.devices);
		this.numbers = new Numbers(parts.country);
		// Not needed to answer a call: after the panel stands.
		this.session.clock.after(0, () => void this.numbers.load().catch(() => undefined));
		const { listed } = this.session.conversations;
		// Only one interaction alerts at a time; the next waits (framework-contract 13).
		this.alerting = computed(() =>
			listed.value.find((each) => each.state === "alerting" && each.direction === "inbound"),
		);
		this.selected = computed(() => listed.value.find((each) => each.id === this.selectedId.value));
		this.#clean.push(
			effect(() => this.#keepSelection(listed.value)),
			effect(() => this.#ring(this.alerting.value, parts.audible.value)),
		);
	}

	can(permission: string): boolean {
		return holdsPermission(this.session.permissions, permission);
	}

	/** Who is at the other end; a number that has no name in the reader's format. */
	nameOf({ remoteName, remoteAddress }: LiveInteraction): string {
		return remoteName === remoteAddress ? this.numbers.show(remoteAddress) : remoteName;
	}

	/** Runs an action once at a time, and tells the agent when it failed. Resolves true when it worked. */
	async attempt(key: string, work: () => Promise<unknown>): Promise<boolean> {
		if (this.busy.peek().has(key)) return false;
		this.busy.value = new Set(this.busy.peek()).add(key);
		try {
			await work();
			return true;
		} catch (error) {
			this.toasts.show({ tone: "bad", text: describe(error) }, 8000);
			return false;
		} finally {
			const next = new Set(this.busy.peek());
			next.delete(key);
			this.busy.value = next;
		}
	}

	/** Answers: by the panel's phone when the call rings there, else through the API. Rejects when it cannot. */
	async pickUp(interaction: LiveInteraction): Promise<void> {
		this.selectedId.value = interaction.id;
		if (this.phone.canAnswer(interaction.id)) await this.phone.accept(interaction.id);
		else await this.session.actions.answer(interaction);
	}

	/**
	 * Calls a number that somebody wrote: the CRM's or the agent's. Of several numbers in one text the agent chooses.
	 * Rejects where nothing can be called.
	 */
	async dial(request: NewInteractionRequest): Promise<void> {
		const { address, queueId, attributes } = request;
		const read = await this.numbers.whenRead(address);
		if (read.kind === "choice" || read.kind === "unreadable") {
			this.draft.value = request;
			this.view.value = "new-interaction";
			throw new Error(t(read.kind === "choice" ? "severalNumbers" : "noSuchNumber", { text: address }));
		}
		const phoneNumber = read.kind === "sip" ? read.dial : dialString(read);
		await this.place({ phoneNumber, callFromQueueId: queueId, attributes });
	}

	async place(call: NewCall): Promise<void> {
		const id = await this.session.actions.place(call);
		this.phone.expect(id);
		this.selectedId.value = id;
		this.view.value = "interactions";
	}

	dispose(): void {
		for (const clean of this.#clean.splice(0)) clean();
		this.ringer.dispose();
		this.phone.dispose();
		this.devices.dispose();
		this.session.dispose();
	}

	/** Keeps something sensible selected: what alerts when nothing else is going on, and never what has gone. */
	#keepSelection(listed: readonly LiveInteraction[]): void {
		const now = this.selectedId.peek();
		if (listed.some((each) => each.id === now)) return;
		this.selectedId.value = (listed.find((each) => each.state !== "alerting") ?? listed[0])?.id;
	}

	#ring(alerting: LiveInteraction | undefined, audible: Record<string, boolean>): void {
		if (alerting && audible[alerting.media] !== false) this.ringer.start();
		else this.ringer.stop();
	}
}

/** What went wrong, for the agent. */
export function describe(error: unknown): string {
	if (error instanceof MicrophoneError) return t(`mic_${error.problem}`);
	if (error instanceof ApiError && error.status === 0) return t("problemNetwork");
	return t("actionFailed", { detail: error instanceof Error ? error.message : "" });
}
