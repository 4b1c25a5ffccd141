import { hash } from "node:crypto";
import type { TroubleKind } from "@inlay/contract/home";
import type { OperatorLine } from "../kernel/operator-log.ts";

/** All that agents have met with one cause. */
export interface AgentTrouble {
	/** Names the cause. */
	cause: string;
	kind: TroubleKind;
	code: string;
	deploymentId?: string;
	/** The OAuth client that was to be signed in to. */
	clientId?: string;
	/** The upload of framework.js that ran in the panel, where it has said so. */
	scriptVersion?: number;
	/** Anybody can have told it. */
	unverified: boolean;
	/** What the last one said; without secrets. */
	detail?: string;
	count: number;
	/** Ids of those whom it has met, the last first. */
	people: string[];
	firstAt: Date;
	lastAt: Date;
}

/** Whom it has met last; who they all were nobody needs, how often it was is counted. */
export const mostPeople = 10;
const longestDetail = 500;

/** Which line for operators tells of what agents meet, and by which field its code goes. */
const heard: Readonly<Record<string, { kind: TroubleKind; code: "code" | "reason" }>> = {
	"panel.refused": { kind: "panel", code: "code" },
	"panel.finding": { kind: "panel", code: "code" },
	"script.failed": { kind: "script", code: "code" },
	"sign-in.refused": { kind: "sign-in", code: "reason" },
};

/** Findings that are about the agent's own devices (docs/security.md, "What operators see"). */
const ofDevice = /^panel\.(microphone|speaker)\./;

/**
 * What a line tells of one agent's trouble; undefined where it tells of something else. An address, a user name that is
 * nobody's, and whatever else the line has, is not taken: the log has it.
 */
export function troubleOf(line: OperatorLine, at: Date): AgentTrouble | undefined {
	const known = Object.hasOwn(heard, line.event) ? heard[line.event] : undefined;
	const code = known && textOf(line[known.code]);
	if (!known || code === undefined) return undefined;
	const kind = ofDevice.test(code) ? "device" : known.kind;
	const deploymentId = textOf(line.deploymentId);
	// Of a client that there is none of, anybody can say any name: it stands with the last words, and makes no cause of its own.
	const isMadeUp = code === "unknown-client";
	const clientId = kind === "sign-in" && !isMadeUp ? textOf(line.clientId) : undefined;
	const detail = textOf(isMadeUp ? line.clientId : line.detail)?.slice(0, longestDetail);
	const userId = textOf(line.userId);
	const unverified = line.unverified === true;
	const scriptVersion = typeof line.scriptVersion === "number" ? line.scriptVersion : undefined;
	// Anybody can make versions up: they are no causes of their own then.
	const ofVersion = kind === "script" && !unverified && scriptVersion !== undefined ? [scriptVersion] : [];
	return {
		cause: causeOf([kind, code, deploymentId, clientId, unverified, ...ofVersion]),
		...{ kind, code, unverified },
		...(deploymentId === undefined ? {} : { deploymentId }),
		...(scriptVersion === undefined ? {} : { scriptVersion }),
		...(clientId === undefined ? {} : { clientId }),
		...(detail === undefined ? {} : { detail }),
		people: userId === undefined ? [] : [userId],
		...{ count: 1, firstAt: at, lastAt: at },
	};
}

/** Two tellings of one cause as one. */
export function joined(before: AgentTrouble, after: AgentTrouble): AgentTrouble {
	return {
		...before,
		...after,
		count: before.count + after.count,
		people: [...new Set([...after.people, ...before.people])].slice(0, mostPeople),
		firstAt: before.firstAt,
	};
}

function causeOf(parts: readonly unknown[]): string {
	return hash("sha256", JSON.stringify(parts), "base64url");
}

function textOf(value: unknown): string | undefined {
	return typeof value === "string" && value !== "" ? value.slice(0, 1_000) : undefined;
}
