/** Everything of one test of trunks: a provider, and the organization's side with what it keeps. */

import { expect } from "vitest";
import type { Conversation } from "../../../conversations/model.ts";
import { systemClock } from "../../../kernel/time/clock.ts";
import { FakeMediaEngine } from "../../../test-support/fake-media-engine.ts";
import type { TrunkCall } from "../../trunk.ts";
import type { KeptDialog, SipNews } from "../calls/call.ts";
import { SipTrunks } from "../sip-trunks.ts";
import type { TrunkStore } from "../store.ts";
import type { SipPeer } from "../transport/peer.ts";
import type { KeptTrunk } from "../trunk-settings.ts";
import { Provider, type ProviderOptions } from "./provider.ts";

/** Quick, and patient enough (64 × t1) for a machine that is busy with other tests. */
export const timing = { t1: 120, t2: 480 };
export const ownNumber = "+493055512345";

export class World {
	readonly provider: Provider;
	engine = new FakeMediaEngine();
	trunks: SipTrunks;
	readonly kept = new Map<string, KeptDialog>();
	readonly news: SipNews[] = [];
	readonly started: Array<Record<string, unknown>> = [];
	readonly left: string[] = [];
	readonly warned: object[] = [];
	settings: KeptTrunk[];
	startFails: unknown;
	/** Of our own side; any free one unless told. */
	port = 0;
	/** Where the trunk's name leads; its own address unless told. */
	places: string[] | undefined;
	readonly #settings: Partial<KeptTrunk>;

	constructor(provider: Partial<ProviderOptions> = {}, settings: Partial<KeptTrunk> = {}) {
		this.provider = new Provider({ timing, ...provider });
		this.#settings = settings;
		this.settings = [];
		this.trunks = this.make();
	}

	make(): SipTrunks {
		this.engine = new FakeMediaEngine();
		const made = new SipTrunks({
			kernel: {
				outgoing: { addressesOf: async (host: string) => this.places ?? [host] } as never,
				log: { error: (_at: object, text: string) => this.warned.push({ text }), warn: () => {} } as never,
				operators: { warn: (facts: object) => this.warned.push(facts) } as never,
				clock: systemClock,
			},
			store: this.#store(),
			engine: this.engine,
			bindAddress: "127.0.0.1",
			port: this.port,
			numbers: {
				find: async (number) => (number === ownNumber ? { number, queueId: "q", origins: [], version: 1 } : undefined),
			},
			country: async () => "DE",
			provider: "Inlay Trunk",
			start: async (call) => {
				if (this.startFails) throw this.startFails;
				this.started.push(call);
				return { id: `conversation ${this.started.length}` } as Conversation;
			},
			left: async (id) => {
				this.left.push(id);
			},
			timing: { sip: timing, line: { askMs: 500, retryMs: [300, 1000] }, claimMs: 400, reopenMs: 100 },
		});
		made.onNews((event) => this.news.push(event));
		return made;
	}

	async start(): Promise<void> {
		await this.provider.sockets.start();
		const { port } = this.provider;
		this.settings = [{ ...trunkOf("t1", port), ...this.#settings }];
		await this.engine.start();
		await this.trunks.start();
		await expect.poll(() => this.state()).toBe("up");
	}

	/** The next life of the server, with what the last one kept. */
	async restart(): Promise<void> {
		await this.trunks.stop();
		this.trunks = this.make();
		await this.engine.start();
		await this.trunks.start();
		await expect.poll(() => this.state()).toBe("up");
	}

	state(id = "t1") {
		return this.trunks.states().get(id)?.state;
	}

	/** What the trunk has called the first call that came. */
	get arrival(): string {
		return (this.started[0] as { providerData: { sipCall: string } }).providerData.sipCall;
	}

	get peer(): SipPeer {
		return { transport: "udp", address: "127.0.0.1", port: this.trunks.port as number };
	}

	dial(more: Partial<TrunkCall> = {}): void {
		this.trunks.place({ ...callOf("leg"), number: "tel:+49301234", ...more });
	}

	steps = () =>
		this.news.flatMap((one) => (one.type === "far-end" ? [one.cause ? `${one.step} ${one.cause}` : one.step] : []));

	async close(): Promise<void> {
		await this.trunks.stop();
		await this.provider.stop();
	}

	#store(): TrunkStore {
		return {
			all: async () => this.settings,
			dialogs: async () => structuredClone([...this.kept.values()]),
			keepDialog: async (dialog: KeptDialog) => void this.kept.set(dialog.participantId, structuredClone(dialog)),
			forgetDialog: async (id: string) => void this.kept.delete(id),
		} as unknown as TrunkStore;
	}
}

export function trunkOf(id: string, port: number): KeptTrunk {
	return {
		...{ id, name: id, version: 1, enabled: true, host: "127.0.0.1", port, transport: "udp", registers: false },
		...{ encrypted: false, sources: [], numberForm: "e164", prefixes: [], priority: 0 },
	};
}

export function callOf(legId: string): TrunkCall {
	const whose = { conversationId: "c1", participantId: "p1" };
	return { legId, ...whose, number: "", isCaller: false, resumed: false };
}
