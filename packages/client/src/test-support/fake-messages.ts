import { randomUUID } from "node:crypto";
import type { ThreadMessage } from "../session/message-thread.ts";
import type { WireConversation } from "../session/wire.ts";
import type { FakeCalls } from "./fake-calls.ts";

type Send = (status: number, value?: unknown) => void;

/** The fake server's exchange with one customer by texts. */
export class FakeMessages {
	readonly thread: ThreadMessage[] = [];
	/** Why the next message is refused. */
	refused: { code: string; message: string } | undefined;
	/** As many of a thread are told at once. */
	most = Number.POSITIVE_INFINITY;
	/** Whether the number takes pictures. */
	files = false;
	/** The numbers of the queue. */
	numbers = ["+4930555000"];
	readonly #calls: FakeCalls;
	readonly #userId: string;
	#id = "";

	constructor(calls: FakeCalls, userId: string) {
		this.#calls = calls;
		this.#userId = userId;
	}

	/** A customer has written, and it is the agent's to take. Gives the conversation's id. */
	arrive(text: string): string {
		this.#id = randomUUID();
		this.#note("inbound", text, "received");
		this.#put("inbound", "alerting");
		return this.#id;
	}

	/** So many have been written before, by turns. */
	fill(count: number): void {
		for (let at = 0; at < count; at++) this.#note(at % 2 === 0 ? "inbound" : "outbound", `Message ${at}`, "sent");
	}

	/** The customer writes once more. */
	write(text: string): void {
		this.#note("inbound", text, "received");
		this.#put("inbound", "connected");
	}

	/** What became of the agent's last one. */
	report(status: string, error?: { code: string; message: string }): void {
		const last = this.thread.findLast(({ direction }) => direction === "outbound");
		if (last) Object.assign(last, { status, ...(error ? { error } : {}) });
		this.#put("inbound", "connected");
	}

	/** Whether it was one of these operations. @param path after `/api/v2`, or whole */
	answer(method: string, path: string, body: unknown, send: Send): boolean {
		if (path.endsWith("/messaging/queues/me"))
			send(200, { entities: [{ id: "q1", name: "Support", address: this.numbers[0], ...this.#choice() }] });
		else if (path.endsWith("/thread"))
			send(200, {
				channel: "sms",
				our: "+4930555000",
				their: "+491701234567",
				...this.#page(),
				files: this.files,
			});
		else if (!path.startsWith("/conversations/messages")) return false;
		else if (method === "PATCH") {
			this.#put("inbound", (body as { state: string }).state);
			send(202);
		} else if (path === "/conversations/messages") this.#begin(body, send);
		else this.#take(body, send);
		return true;
	}

	/** The newest of them. */
	#page() {
		return { entities: this.thread.slice(-this.most), hasMore: this.thread.length > this.most };
	}

	#choice() {
		return this.numbers.length > 1 ? { addresses: this.numbers } : {};
	}

	#begin(body: unknown, send: Send): unknown {
		if (!(body as { useExistingConversation?: boolean }).useExistingConversation) {
			const params = { date: "2026-01-02T12:04:00.000Z" };
			return send(409, { code: "message.conversation.open", message: "", messageParams: params, status: 409 });
		}
		this.#id = randomUUID();
		this.#put("outbound", "connected");
		return send(200, { id: this.#id });
	}

	#take(body: unknown, send: Send): unknown {
		if (this.refused) return send(409, { ...this.refused, status: 409 });
		const { textBody, inlayAgainOf: againOf } = body as { textBody: string; inlayAgainOf?: string };
		this.#note("outbound", textBody, "queued", againOf ? { againOf } : {});
		this.#put("inbound", "connected");
		return send(200, {});
	}

	#note(direction: ThreadMessage["direction"], text: string, status: string, more: Partial<ThreadMessage> = {}): void {
		const user = direction === "outbound" ? { user: { id: this.#userId, name: "Grace Hopper" } } : {};
		const at = new Date().toISOString();
		const message = { id: randomUUID(), direction, text, status, automatic: false, at, ...user };
		this.thread.push({ ...message, ...more, conversationId: this.#id });
	}

	#put(direction: string, state: string): void {
		const now = new Date().toISOString();
		const known = this.#calls.all.get(this.#id)?.participants;
		const part = (index: number, of: string, state: string) => ({
			id: known?.[index]?.messages?.[0]?.id ?? randomUUID(),
			...{ state, direction, type: "sms" },
			...(state === "connected" ? { connectedTime: now } : {}),
			// The latest alone, as the server names them.
			messages: this.thread
				.filter((one) => one.direction === of)
				.slice(-50)
				.map(({ id, status }) => ({ message: { id }, messageStatus: status })),
		});
		const conversation: WireConversation = {
			id: this.#id,
			startTime: now,
			participants: [
				{
					id: known?.[0]?.id ?? randomUUID(),
					...{ purpose: "customer", name: "Carol Customer", address: "+491701234567", startTime: now },
					messages: [part(0, "inbound", "connected")],
				},
				{
					id: known?.[1]?.id ?? randomUUID(),
					...{ purpose: "agent", userId: this.#userId, queueId: "q1", queueName: "Support", startTime: now },
					...{ wrapupRequired: true, wrapupPrompt: "mandatory" },
					messages: [part(1, "outbound", state)],
				},
			],
		};
		this.#calls.put(conversation);
	}
}
