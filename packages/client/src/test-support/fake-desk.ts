import { type DeskEntryView, type DeskLeaderView, type DeskNotice, deskTopic } from "@inlay/contract";
import { userId } from "./fake-ids.ts";

type Send = (status: number, value?: unknown) => void;

/** The fake server's desk of its one agent; the real one's rules are proven in core. */
export class FakeDesk {
	readonly entries = new Map<string, DeskEntryView>();
	leader: DeskLeaderView | undefined;
	callsSeenAt: string | undefined;
	hasDrafts: true | undefined;
	/** Writings are answered as by a server that is away. */
	isAway = false;
	readonly #announce: (topic: string, body: DeskNotice) => void;

	constructor(announce: (topic: string, body: DeskNotice) => void) {
		this.#announce = announce;
	}

	/** What is kept of an interaction. */
	value(conversationId: string, section = "log"): Record<string, unknown> | undefined {
		return this.entries.get(`${conversationId} ${section}`)?.value as Record<string, unknown> | undefined;
	}

	/** Another panel of the agent writes. */
	write(conversationId: string, section: string, value: unknown, panelId = "another-panel"): DeskEntryView {
		const key = `${conversationId} ${section}`;
		const version = (this.entries.get(key)?.version ?? 0) + 1;
		const entry = { conversationId, section, version, value, panelId, dateModified: new Date().toISOString() };
		this.entries.set(key, entry);
		this.#announce(deskTopic(userId), { entry });
		return entry;
	}

	/** Another panel leads from now on, or nobody. */
	lead(panelId: string | undefined): DeskLeaderView | undefined {
		this.leader = panelId === undefined ? undefined : { panelId, since: new Date().toISOString() };
		this.#announce(deskTopic(userId), { leader: this.leader ?? null });
		return this.leader;
	}

	answer(method: string, path: string, query: URLSearchParams, body: unknown, send: Send): unknown {
		const [, , , , conversationId = "", section = "", action] = path.split("/");
		if (path === "/inlay/desk")
			return send(200, {
				...{ entries: [...this.entries.values()], leader: this.leader },
				...{ callsSeenAt: this.callsSeenAt, hasDrafts: this.hasDrafts },
			});
		if (path === "/inlay/desk/callsseen") {
			this.callsSeenAt = new Date().toISOString();
			this.#announce(deskTopic(userId), { callsSeenAt: this.callsSeenAt });
			return send(204);
		}
		if (path === "/inlay/desk/lead") return send(200, { leader: this.#ask(body as never) });
		if (path.startsWith("/inlay/desk/lead/")) return this.#leave(path.split("/").at(-1) ?? "", query, send);
		const held = this.entries.get(`${conversationId} ${section}`);
		const { panelId, version, value } = (body ?? {}) as { panelId: string; version: number; value: unknown };
		if (method === "GET") return held ? send(200, held) : send(404, { code: "not.found", status: 404 });
		if (this.isAway) return send(503, { code: "service.unavailable", status: 503 });
		if (action === "claim") {
			const { occasion = true } = body as { occasion?: string };
			const isKnown = held?.value === occasion;
			if (!isKnown) this.write(conversationId, section, occasion, panelId);
			return send(200, { first: !isKnown || held.panelId === panelId });
		}
		if ((held?.version ?? 0) !== version) return send(409, { code: "version.conflict", status: 409 });
		send(200, this.write(conversationId, section, value, panelId));
	}

	#ask({ panelId, takeOver }: { panelId: string; takeOver: boolean }): DeskLeaderView | undefined {
		if (this.leader && !takeOver) return this.leader;
		return this.lead(panelId);
	}

	#leave(panelId: string, query: URLSearchParams, send: Send): void {
		if (this.leader?.panelId === panelId && !query.has("mayReturn")) this.lead(undefined);
		send(204);
	}
}
