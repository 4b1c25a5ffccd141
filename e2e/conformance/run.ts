import type { PlatformOperation } from "@inlay/contract";
import { callSdk, type SdkAnswer } from "./sdk.ts";
import { shapeErrors, unknownFields } from "./shape.ts";
import { refusalErrors } from "./wire.ts";

/** Somebody signed in. */
export interface Session {
	name: string;
	token: string;
}

export type OperationState = "conforming" | "nonconforming" | "missing" | "unreached";

export interface OperationResult {
	operation: PlatformOperation;
	state: OperationState;
	/** Why it does not conform, or why no step got to it. */
	reasons: string[];
	/** Fields that the server sends and the SDK's type does not know. */
	unknownFields: string[];
	/** The body that a conforming call was sent with, to be replayed with ids that do not exist. */
	sentBody?: unknown;
}

/** Ends a part of the scenario: what follows needs an answer that did not come. */
export class StepFailed extends Error {}

/** Runs the scenario's steps through the SDK and keeps what became of each operation. */
export class ConformanceRun {
	readonly results: Map<string, OperationResult>;
	/** What broke the scenario itself: a phone that does not register, a call that never connects. */
	readonly obstacles: string[] = [];

	constructor(operations: readonly PlatformOperation[]) {
		this.results = new Map(
			operations.map((operation) => [
				operation.sdkMethod,
				{ operation, state: "unreached", reasons: [], unknownFields: [] },
			]),
		);
	}

	/** Runs one part; whatever fails ends only this part. */
	async part(name: string, steps: () => Promise<void>): Promise<void> {
		try {
			await steps();
		} catch (error) {
			if (!(error instanceof StepFailed))
				this.obstacles.push(`${name}: ${error instanceof Error ? error.message : error}`);
		}
	}

	/**
	 * Calls one operation and judges status and shape.
	 * @returns the body, of the type that the caller knows from the SDK's model
	 * @throws StepFailed when the status is not one of success
	 */
	async call<T = unknown>(session: Session, sdkMethod: string, ...args: unknown[]): Promise<T> {
		const result = this.resultOf(sdkMethod);
		const answer = await callSdk(session.token, sdkMethod, args);
		if (isUnknownRoute(answer) || isTakenForAnId(result.operation, answer)) {
			result.state = "missing";
			throw new StepFailed(`${sdkMethod} is missing`);
		}
		const succeeded = allowedStatus(result.operation).includes(answer.status);
		const errors = succeeded ? bodyErrors(result.operation, answer.body) : [statusError(session, answer)];
		result.reasons.push(...errors.filter((error) => !result.reasons.includes(error)));
		result.state = result.reasons.length > 0 ? "nonconforming" : "conforming";
		if (!succeeded) throw new StepFailed(`${sdkMethod} answered ${answer.status}`);
		this.keepWhatWasSeen(result, answer, args);
		return answer.body as T;
	}

	/**
	 * Calls an operation whose good case this server cannot have yet, and judges how it refuses.
	 * @param code the one that it must refuse with
	 */
	async refused(session: Session, sdkMethod: string, code: string, ...args: unknown[]): Promise<void> {
		const result = this.resultOf(sdkMethod);
		const answer = await callSdk(session.token, sdkMethod, args);
		const expected = { status: [400, 409], codes: [code] };
		result.reasons.push(...refusalErrors(answer, expected, result.operation.method));
		result.state = result.reasons.length > 0 ? "nonconforming" : "conforming";
		if (result.operation.request !== null) result.sentBody = sentBody(args, result.operation.path);
	}

	/** True once the server is known to lack the operation. */
	isMissing(sdkMethod: string): boolean {
		return this.resultOf(sdkMethod).state === "missing";
	}

	private resultOf(sdkMethod: string): OperationResult {
		const result = this.results.get(sdkMethod);
		if (!result) throw new Error(`${sdkMethod} is not an operation of this run.`);
		return result;
	}

	private keepWhatWasSeen(result: OperationResult, answer: SdkAnswer, args: readonly unknown[]): void {
		const { request, response, path } = result.operation;
		if (response !== null && answer.body !== undefined) {
			result.unknownFields = [...new Set([...result.unknownFields, ...unknownFields(response, answer.body)])];
		}
		if (request !== null) result.sentBody = sentBody(args, path);
	}
}

/** True when the server has no such operation at all, as opposed to no such entity. */
function isUnknownRoute(answer: { status: number; headers: Record<string, string> }): boolean {
	return answer.headers["inlay-unknown-route"] === "1";
}

/** An operation without ids cannot miss an entity: its last word was taken for an id of another operation. */
function isTakenForAnId(operation: PlatformOperation, answer: SdkAnswer): boolean {
	return answer.status === 404 && !operation.path.includes("{");
}

/** Where the platform's description names no status, any empty or plain success is right. */
function allowedStatus(operation: PlatformOperation): readonly number[] {
	if (operation.successStatus.length > 0) return operation.successStatus;
	return operation.response === null ? [200, 202, 204] : [200];
}

function bodyErrors(operation: PlatformOperation, body: unknown): string[] {
	if (operation.response === null) return [];
	// An operation of which the type is "any value" may answer without one.
	if (body === undefined) return operation.response === "object" ? [] : [`no body, expected ${operation.response}`];
	return shapeErrors(operation.response, body).map((error) => `${operation.response}: ${error}`);
}

function statusError(session: Session, answer: SdkAnswer): string {
	const { code, message } = (answer.body ?? {}) as { code?: string; message?: string };
	return `${answer.status} ${code ?? ""} as ${session.name}: ${message ?? ""}`.trim();
}

/** The SDK takes the body behind the path's parameters, or as `body` among the options. */
function sentBody(args: readonly unknown[], path: string): unknown {
	const behindPath = args[path.split("{").length - 1];
	if (typeof behindPath === "object" && behindPath !== null && "body" in behindPath) return behindPath.body;
	return behindPath;
}
