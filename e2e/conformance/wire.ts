import { shapeErrors } from "./shape.ts";

/** A plain request beside the SDK, for what the SDK cannot send. */
export interface WireRequest {
	method: string;
	/** Path with its parameters filled in. */
	path: string;
	token?: string;
	/** Sent as it is, with JSON's content type. */
	body?: string;
}

export interface WireAnswer {
	status: number;
	headers: Record<string, string>;
	/** Parsed where it is JSON, else undefined. */
	body: unknown;
}

export async function send(baseUrl: string, request: WireRequest): Promise<WireAnswer> {
	const answer = await fetch(new URL(request.path, baseUrl), {
		method: request.method,
		headers: {
			...(request.token ? { authorization: `Bearer ${request.token}` } : {}),
			...(request.body === undefined ? {} : { "content-type": "application/json" }),
		},
		...(request.body === undefined ? {} : { body: request.body }),
	});
	const text = await answer.text();
	return { status: answer.status, headers: Object.fromEntries(answer.headers), body: parsed(text) };
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

/** What is wrong with a refusal: its status, its code, or the platform's error body (platform-api 4.3). */
export function refusalErrors(
	answer: { status: number; headers: Record<string, string>; body?: unknown },
	expected: { status: number[]; codes?: string[] },
	method: string,
): string[] {
	const errors: string[] = [];
	if (!expected.status.includes(answer.status))
		errors.push(`status ${answer.status}, expected ${expected.status.join(" or ")}`);
	// The answer to HEAD has no body that could be judged.
	if (method === "HEAD" || answer.status < 400) return errors;
	if (answer.body === undefined) return [...errors, "no JSON body"];
	errors.push(...shapeErrors("ErrorBody", answer.body).map((error) => `ErrorBody: ${error}`));
	const { code, status, contextId, message } = answer.body as Record<string, unknown>;
	if (status !== answer.status) errors.push(`body says status ${status}, the answer ${answer.status}`);
	if (!message) errors.push("no message");
	if (!contextId || contextId !== answer.headers["inin-correlation-id"])
		errors.push("contextId is not the correlation id");
	if (expected.codes && !expected.codes.includes(String(code)))
		errors.push(`code ${code}, expected ${expected.codes.join(" or ")}`);
	return errors;
}
