import { effect, signal } from "@preact/signals";
import type { Share, ShareOptions } from "./cobrowse/protocol.ts";
import type { SessionModel } from "./session-model.ts";
import { t } from "./words.ts";

export interface SharePorts {
	/** Of this tab alone. */
	memory: { read(): Share | undefined; write(share: Share | undefined): void };
	/** Asks the server who offers that. Rejects with a sentence. */
	join(code: string): Promise<Share>;
	/** Tells the server that the customer does not want to. */
	decline(share: Share): void;
	/** Loads the script that shares, and has it share. Rejects where the page does not let it in. */
	begin(options: Pick<ShareOptions, "share" | "keep" | "ended" | "say">): Promise<{ stop(): void }>;
}

/** Where the customer is. `code`: they type what they were told. `consent`: they read with whom they would share. */
export type SharePhase =
	| { kind: "none" }
	| { kind: "code"; isBusy: boolean; refused: string }
	| { kind: "consent"; agent: string; share?: Share; offerId?: string }
	| { kind: "sharing"; agent: string };

/** Whether, and with whom, this page is shared. Nothing of it leaves the page before the customer has agreed. */
export class ShareModel {
	readonly phase = signal<SharePhase>({ kind: "none" });
	/** How the last one ended, as a sentence. */
	readonly note = signal("");
	readonly #ports: SharePorts;
	readonly #session: SessionModel;
	/** Counts what is begun and what ends: what comes of one before is too late. */
	#begun = 0;
	#running: { stop(): void } | undefined;

	constructor(ports: SharePorts, session: SessionModel) {
		this.#ports = ports;
		this.#session = session;
		effect(() => this.#offered(session.state.value?.cobrowse));
		effect(() => {
			const share = session.share.value;
			if (share) void this.#begin(share);
		});
		effect(() => {
			if (session.left.value > 0) this.#end();
		});
	}

	/** Goes on with what the page before has begun. */
	start(): void {
		const share = this.#ports.memory.read();
		if (share) void this.#begin(share);
	}

	ask(): void {
		this.note.value = "";
		this.phase.value = { kind: "code", isBusy: false, refused: "" };
	}

	cancel(): void {
		this.phase.value = { kind: "none" };
	}

	async join(typed: string): Promise<void> {
		const code = typed.replace(/\D/g, "");
		if (code.length !== 9) return this.#ask(t("shareNine"));
		this.phase.value = { kind: "code", isBusy: true, refused: "" };
		try {
			const share = await this.#ports.join(code);
			this.phase.value = { kind: "consent", agent: share.agent, share };
		} catch (error) {
			this.#ask(error instanceof Error ? error.message : String(error));
		}
	}

	answer(isAccepted: boolean): void {
		const phase = this.phase.peek();
		if (phase.kind !== "consent") return;
		this.phase.value = { kind: "none" };
		if (phase.offerId) this.#session.answerOffer(phase.offerId, isAccepted);
		else if (phase.share && isAccepted) void this.#begin(phase.share);
		else if (phase.share) this.#ports.decline(phase.share);
	}

	stop(): void {
		this.#running?.stop();
	}

	/** Who agreed to it has gone: the next one's page is not shown, and nobody is asked in their place. */
	#end(): void {
		this.#begun++;
		this.#ports.memory.write(undefined);
		this.phase.value = { kind: "none" };
		this.#running?.stop();
	}

	#ask(refused: string): void {
		this.phase.value = { kind: "code", isBusy: false, refused };
	}

	#offered(offer: { id: string; agent: string } | undefined): void {
		const phase = this.phase.peek();
		if (!offer && phase.kind === "consent" && phase.offerId) this.phase.value = { kind: "none" };
		if (!offer || phase.kind === "sharing" || (phase.kind === "consent" && phase.offerId === offer.id)) return;
		this.phase.value = { kind: "consent", agent: offer.agent, offerId: offer.id };
		// It is waited for: the customer sees what they are asked.
		this.#session.setOpen(true);
	}

	async #begin(share: Share): Promise<void> {
		const begun = ++this.#begun;
		this.#ports.memory.write(share);
		this.phase.value = { kind: "sharing", agent: share.agent };
		this.note.value = "";
		try {
			const running = await this.#ports.begin({
				share,
				say: (word, params) => t(word, params),
				keep: (kept) => this.#ports.memory.write(kept),
				ended: (text) => this.#over(text),
			});
			if (begun === this.#begun) this.#running = running;
			else running.stop();
		} catch {
			if (begun !== this.#begun) return;
			this.#ports.memory.write(undefined);
			this.#ports.decline(share);
			this.#over(t("shareBroken"));
		}
	}

	#over(text: string): void {
		this.#running = undefined;
		this.phase.value = { kind: "none" };
		this.note.value = text;
	}
}
