/** `PureCloud.Inlay` of the harness: requests are read by the panel's own rule, recorded, and answered as the test says. */
import type { InlayRequestFailure, InlayRequestName, InlayRequestOptions, InlayRequests } from "@inlay/contract";
import { readInlayRequest } from "@inlay/contract/inlay-request";
import type { InlayApi } from "../inlay-api.ts";

/** What a request brings, by its name; who throws refuses it, with the thrown `code`. Absent: it is done, and lists are empty. */
export type InlayAnswers = {
	[Name in InlayRequestName]?: (data: InlayRequests[Name]["data"]) => InlayRequests[Name]["answer"];
};

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
	const request = async (name: unknown, data: unknown, options?: InlayRequestOptions): Promise<unknown> => {
		record(name, data, ...(options === undefined ? [] : [options]));
		const id = options?.id ?? `request-${++made}`;
		try {
			const read = readInlayRequest(name, data);
			const answer = answers[read.name] as ((data: unknown) => unknown) | undefined;
			return answer ? answer(read.data) : usual[read.name];
		} catch (thrown) {
			throw refusal(id, thrown);
		}
	};
	return { version: 1, request: request as InlayApi["request"] };
}

function refusal(id: string, thrown: unknown): Error & InlayRequestFailure {
	const { code = "framework.action.failed", message = String(thrown) } = (thrown ?? {}) as Partial<InlayRequestFailure>;
	return Object.assign(new Error(message), { name: "InlayRequestFailed", id, code });
}
