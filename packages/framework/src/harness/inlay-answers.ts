/** `PureCloud.Inlay` of the harness: requests are read by the panel's own rule, recorded, and answered as the test says. */
import {
	type InlayRequestFailure,
	type InlayRequestName,
	type InlayRequests,
	readText,
	safeGet,
} from "@inlay/contract";
import { readInlayOptions, readInlayRequest } from "@inlay/contract/inlay-request";
import type { InlayApi } from "../inlay-api.ts";

/** What a request brings, by its name; who throws refuses it, with the thrown `code`. Absent: it is done, and lists are empty. */
export type InlayAnswers = {
	[Name in InlayRequestName]?: (
		data: InlayRequests[Name]["data"],
	) => InlayRequests[Name]["answer"] | Promise<InlayRequests[Name]["answer"]>;
};

const usualPatienceMs = 10_000;
const usual: { [Name in InlayRequestName]?: InlayRequests[Name]["answer"] } = {
	scheduleCallback: { callbackId: "callback-1" },
	logOut: { asks: false },
	queues: [],
	statuses: [],
	wrapUpCodes: [],
};

/** @param record hears of each request as it was given, also of one that is refused */
export function createInlay(answers: InlayAnswers, record: (...given: unknown[]) => void): InlayApi {
	let made = 0;
	const request = async (name: unknown, data: unknown, options?: unknown): Promise<unknown> => {
		record(name, data, ...(options === undefined ? [] : [options]));
		const id = readText(safeGet(options, "id")) ?? `request-${++made}`;
		try {
			const { timeoutMs = usualPatienceMs } = readInlayOptions(options);
			const read = readInlayRequest(name, data);
			const answer = answers[read.name] as ((data: unknown) => unknown) | undefined;
			return await inTime(answer ? answer(read.data) : usual[read.name], timeoutMs);
		} catch (thrown) {
			throw refusal(id, thrown);
		}
	};
	return { version: 1, request: request as InlayApi["request"] };
}

/** As in the panel: who gets no answer is told so in time. */
function inTime(answer: unknown, timeoutMs: number): Promise<unknown> {
	const late = Promise.withResolvers<never>();
	const message = "No answer came in time. What has begun may still be done.";
	const timer = setTimeout(() => late.reject({ code: "inlay.request.deadline", message }), timeoutMs);
	return Promise.race([answer, late.promise]).finally(() => clearTimeout(timer));
}

function refusal(id: string, thrown: unknown): Error & InlayRequestFailure {
	const { code = "framework.action.failed", message = String(thrown) } = (thrown ?? {}) as Partial<InlayRequestFailure>;
	return Object.assign(new Error(message), { name: "InlayRequestFailed", id, code });
}
