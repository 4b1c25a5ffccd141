/** `PureCloud.Inlay.request`: every wish gets an answer, in time, with the id by which it was asked (docs/framework-scripts.md). */
import { type InlayRequestFailure, readText, safeGet } from "@inlay/contract";
import { readInlayOptions, readInlayRequest } from "@inlay/contract/inlay-request";
import { messageOf } from "../guard.ts";
import type { FrameworkLog, FrameworkSessionPort, Timers } from "../ports.ts";
import type { ReadyGate } from "../ready-gate.ts";
import type { Subscriptions } from "../subscriptions.ts";
import { copyOf } from "../subscriptions.ts";

export interface AskParts {
	session: Pick<FrameworkSessionPort, "perform">;
	listsGate: ReadyGate;
	subscriptions: Subscriptions;
	timers: Timers;
	log: FrameworkLog;
}

/** As it was given, by whom: `script`, or the origin of the embedding page. */
export interface Wish {
	name: unknown;
	data: unknown;
	options: unknown;
	host: string;
}

/** An Error, as that is what scripts expect of a promise, with what it is about. */
export class RequestFailed extends Error implements InlayRequestFailure {
	readonly id: string;
	readonly code: string;

	constructor({ id, code, message }: InlayRequestFailure) {
		super(message);
		this.name = "InlayRequestFailed";
		this.id = id;
		this.code = code;
	}
}

/** Of this page. */
let made = 0;

const usualPatienceMs = 10_000;
/** Correlation ids of what has no answer yet: two of one id could not be told apart. */
const underWay = new Set<string>();

/** Rejects with {@link RequestFailed}. Who names `inlay:request` hears how each of them went, and who has asked. */
export async function ask(parts: AskParts, wish: Wish): Promise<unknown> {
	const id = readText(safeGet(wish.options, "id")) ?? `request-${++made}`;
	const key = `${wish.host} ${id}`;
	const told = { id, request: String(wish.name), host: wish.host };
	const isFirst = !underWay.has(key);
	try {
		const { timeoutMs = usualPatienceMs } = readInlayOptions(wish.options);
		if (!isFirst) throw failure("invalid", `Make id another one: a request ${id} is under way.`);
		underWay.add(key);
		const answer = copyOf(await inTime(parts, wish, timeoutMs));
		parts.subscriptions.emit("Notification", "inlay:request", { ...told, state: "done" });
		return answer;
	} catch (thrown) {
		const code = readText(safeGet(thrown, "code")) ?? "framework.action.failed";
		const failed = new RequestFailed({ id, code, message: messageOf(thrown) });
		parts.log.warn("A request of a script or page was not done", { ...told, code });
		parts.subscriptions.emit("Notification", "inlay:request", {
			...told,
			state: "failed",
			code,
			message: failed.message,
		});
		throw failed;
	} finally {
		if (isFirst) underWay.delete(key);
	}
}

function inTime(parts: AskParts, { name, data }: Wish, timeoutMs: number): Promise<unknown> {
	return new Promise((resolve, reject) => {
		const request = readInlayRequest(name, data);
		let hasBegun = false;
		let isLate = false;
		const settle = parts.timers.after(timeoutMs, () => {
			isLate = true;
			if (hasBegun) reject(failure("deadline", "No answer came in time. What has begun may still be done."));
			else reject(failure("early", "The panel was not ready in time, and nothing was done."));
		});
		parts.listsGate.run(
			() => {
				// What was given up before the panel was ready would come as a surprise.
				if (isLate) return;
				hasBegun = true;
				const attempt = async () => parts.session.perform(request.name, request.data);
				attempt().then(resolve, reject).finally(settle);
			},
			() => reject(failure("early", "It was asked for before the panel was ready, and could not wait.")),
		);
	});
}

function failure(why: "deadline" | "early" | "invalid", message: string): Error {
	return Object.assign(new Error(message), { code: `inlay.request.${why}` });
}
