import { randomUUID } from "node:crypto";
import type { PlatformOperation } from "@inlay/contract";
import type { OperationResult } from "./run.ts";
import type { People } from "./scenario/people.ts";
import { refusalErrors, send, type WireAnswer, type WireRequest } from "./wire.ts";

/** One kind of bad request, sent to every operation that it concerns. */
interface Refusal {
	name: string;
	concerns(operation: PlatformOperation, result: OperationResult): boolean;
	request(result: OperationResult): Omit<WireRequest, "method">;
	status: number[];
	codes?: string[];
}

const missingPermission = [
	"missing.permissions",
	"missing.any.permissions",
	"missing.division.permission",
	"missing.any.division.permissions",
];

/** Sends every kind of bad request to every operation that exists. Returns a line for each that is answered wrongly. */
export async function wronglyAnswered(
	baseUrl: string,
	people: People,
	results: Iterable<OperationResult>,
): Promise<string[]> {
	const existing = [...results].filter((result) => result.state !== "missing");
	const found: string[] = [];
	for (const refusal of refusals(people)) {
		for (const result of existing) {
			const { operation } = result;
			if (!refusal.concerns(operation, result)) continue;
			const request = { method: operation.method, ...refusal.request(result) };
			const answer = await sendPatiently(baseUrl, request);
			const errors = refusalErrors(answer, refusal, operation.method);
			const { code } = (answer.body ?? {}) as { code?: string };
			if (errors.length > 0)
				found.push(`${refusal.name}: ${operation.method} ${operation.path}: ${errors.join("; ")} (${code})`);
		}
	}
	return found;
}

function refusals(people: People): Refusal[] {
	const withoutId = (operation: PlatformOperation) => filledPath(operation, randomUUID);
	// The date is told to everybody.
	const guarded = (operation: PlatformOperation) => operation.scopes.length > 0;
	const takesBody = (operation: PlatformOperation) => operation.request !== null;
	const takesId = (operation: PlatformOperation) => operation.path.includes("{");
	// With a body of its own fault the answer would tell nothing about the id.
	const hasGoodBody = (result: OperationResult) => result.operation.request === null || result.sentBody !== undefined;
	return [
		{
			name: "no token",
			concerns: guarded,
			request: ({ operation }) => ({ path: withoutId(operation) }),
			status: [401],
			codes: ["authentication.required"],
		},
		{
			name: "unknown token",
			concerns: guarded,
			request: ({ operation }) => ({ path: withoutId(operation), token: "bm8tc3VjaC10b2tlbg" }),
			status: [401],
			codes: ["bad.credentials"],
		},
		{
			name: "token without scope",
			concerns: guarded,
			request: ({ operation }) => ({ path: withoutId(operation), token: people.unscoped.token }),
			status: [403],
			codes: ["app.not.authorized.for.scope"],
		},
		{
			name: "user without permission",
			concerns: (operation) => operation.permissions.length > 0,
			request: (result) => ({ path: withoutId(result.operation), token: people.nobody.token, body: replayed(result) }),
			status: [403],
			codes: missingPermission,
		},
		{
			name: "unknown id",
			concerns: (operation, result) => takesId(operation) && hasGoodBody(result),
			request: (result) => ({ path: withoutId(result.operation), token: people.admin.token, body: replayed(result) }),
			status: [404],
		},
		{
			name: "id that is none",
			concerns: takesId,
			request: (result) => ({
				path: filledPath(result.operation, () => "no-id%27%3B--"),
				token: people.admin.token,
				body: replayed(result),
			}),
			status: [400, 404],
		},
		{
			name: "malformed JSON",
			concerns: takesBody,
			request: ({ operation }) => ({ path: withoutId(operation), token: people.admin.token, body: '{"name": ' }),
			status: [400],
		},
		{
			name: "body of another type",
			concerns: takesBody,
			request: ({ operation }) => ({ path: withoutId(operation), token: people.admin.token, body: '"text"' }),
			status: [400],
		},
	];
}

function filledPath(operation: PlatformOperation, id: () => string): string {
	const required = operation.query.filter((name) => name.endsWith("*")).map((name) => `${name.slice(0, -1)}=${id()}`);
	const path = operation.path.replace(/\{\w+\}/g, () => id());
	return required.length > 0 ? `${path}?${required.join("&")}` : path;
}

/** The body that the operation accepted in the scenario, so that only the id is wrong. */
function replayed(result: OperationResult): string | undefined {
	if (result.operation.request === null) return undefined;
	return JSON.stringify(result.sentBody ?? {});
}

/** Repeats what the rate limit has held back, after the time that the server names. */
async function sendPatiently(baseUrl: string, request: WireRequest): Promise<WireAnswer> {
	for (;;) {
		const answer = await send(baseUrl, request);
		if (answer.status !== 429) return answer;
		const seconds = Number(answer.headers["retry-after"] ?? 1);
		await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
	}
}

/** Marks the operations of which the server has no route, before any step needs them. */
export async function markMissing(baseUrl: string, results: Iterable<OperationResult>): Promise<void> {
	for (const result of results) {
		const { operation } = result;
		const path = filledPath(operation, randomUUID);
		const answer = await sendPatiently(baseUrl, { method: operation.method, path });
		if (answer.headers["inlay-unknown-route"] === "1") result.state = "missing";
	}
}
