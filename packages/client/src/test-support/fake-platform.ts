import { deploymentId, userId } from "./fake-ids.ts";
import type { FakeInlay } from "./fake-inlay.ts";

type Send = (status: number, value?: unknown) => void;

const definitions = [
	["p-available", "Available", true],
	["p-queue", "On Queue", true],
	["p-busy", "Busy", true],
	["p-break", "Break", true],
	["p-meal", "Meal", true],
	["p-offline", "Offline", true],
	["p-coffee", "Break", false, "Coffee"],
] as const;

const list = (entities: unknown[]) => ({ entities, total: entities.length });

/** The platform's REST operations, as far as the panel calls them. */
export function answerPlatform(
	fake: FakeInlay,
	method: string,
	path: string,
	body: unknown,
	url: URL,
	token: string,
	send: Send,
): unknown {
	const { state, calls } = fake;
	if (path === "/users/me") return send(200, userMe(fake));
	if (path === "/tokens/me") {
		if (method === "DELETE") state.tokens.delete(token);
		return send(200);
	}
	if (path === "/presencedefinitions") {
		const entities = definitions.map(([id, systemPresence, primary, label]) => ({
			id,
			systemPresence,
			primary,
			name: systemPresence,
			languageLabels: { en_US: label ?? systemPresence },
		}));
		return send(200, list(entities));
	}
	if (path === "/routing/queues/me")
		return send(
			200,
			list([
				{ id: "q1", name: "Support", joined: true },
				{ id: "q2", name: "Sales", joined: true },
			]),
		);
	if (path.endsWith("/queues") && path.startsWith("/users/")) return send(200, list(body as unknown[]));
	if (path === "/users/search")
		return send(200, {
			results: [
				{ id: "u2", name: "Alan Turing", presence: { presenceDefinition: { systemPresence: "Busy" } } },
				...(state.phonelessColleague
					? [
							{
								id: "u4",
								name: "Alan Phoneless",
								presence: { presenceDefinition: { systemPresence: "Available" } },
								inlayReachable: false,
							},
						]
					: []),
				...(state.awayColleague
					? [{ id: "u3", name: "Alan Away", presence: { presenceDefinition: { systemPresence: "Offline" } } }]
					: []),
			],
		});
	if (path === "/routing/queues") return send(200, list([{ id: "q2", name: "Sales" }]));
	if (path === "/stations") return send(200, list(url.searchParams.has("webRtcUserId") ? [station] : []));
	if (path === "/notifications/channels") {
		const id = `channel-${Math.random().toString(36).slice(2)}`;
		return send(200, { id, connectUri: `${fake.base.replace("http", "ws")}/channels/${id}` });
	}
	if (path.includes("/subscriptions")) return send(200, list([]));
	if (path.includes("/presences/")) return setPresence(fake, body, send);
	if (path.endsWith("/routingstatus")) {
		fake.setRoutingStatus((body as { status: string }).status);
		return send(200, { status: state.routingStatus, startTime: new Date().toISOString() });
	}
	if (path.includes("/associatedstation")) {
		state.station = method === "DELETE" ? undefined : station;
		fake.announce("station", { associatedStation: state.station });
		return send(204);
	}
	if (path.endsWith("/callforwarding") || path === "/inlay/callforwarding/me") {
		if (method !== "GET") {
			const changes = method === "DELETE" ? { enabled: false } : (body as object);
			state.forwarding = { ...state.forwarding, ...changes };
			fake.announce("callforwarding", state.forwarding);
		}
		return send(200, state.forwarding);
	}
	if (path === "/conversations/calls/history") return send(200, list(state.history));
	if (path.startsWith("/inlay/conversations/") && path.endsWith("/transcript"))
		return send(200, { transcripts: state.said });
	if (path.startsWith("/inlay/conversations/") && path.endsWith("/recordings"))
		return send(200, { entities: state.recordings });
	if (path.includes("/aftercallwork/")) {
		const id = path.split("/").find((part) => calls.all.has(part)) ?? "";
		calls.changeAgent(id, { wrapupRequired: (body as { afterCallWorkRequired: boolean }).afterCallWorkRequired });
		return send(200, {});
	}
	if (path === "/conversations") return send(200, list([...calls.all.values()]));
	if (path === "/conversations/calls" && method === "POST") {
		const id = calls.dial((body as { phoneNumber: string }).phoneNumber);
		fake.stream.propose(id, true);
		return send(201, { id });
	}
	if (path.startsWith("/conversations/")) return answerConversation(fake, method, path, body, send);
	send(404, { code: "not.found", message: `No ${method} ${path} in this fake of ${deploymentId}`, status: 404 });
}

const station = { id: "st1", name: "Agent's browser", type: "inin_webrtc_softphone", webRtcUserId: userId };

function userMe({ state }: FakeInlay): unknown {
	const { id, systemPresence, modifiedDate } = state.presence;
	return {
		id: userId,
		name: "Grace Hopper",
		email: "grace@fake.example",
		chat: { jabberId: "grace@fake.example" },
		presence: { presenceDefinition: { id, systemPresence }, modifiedDate },
		routingStatus: { status: state.routingStatus, startTime: modifiedDate },
		station: { effectiveStation: state.station, associatedStation: state.station },
		authorization: { permissions: state.permissions },
		groups: state.groups,
	};
}

function setPresence(fake: FakeInlay, body: unknown, send: Send): unknown {
	const id = (body as { presenceDefinition: { id: string } }).presenceDefinition.id;
	const definition = definitions.find((each) => each[0] === id);
	if (!definition) return send(404, { code: "not.found", message: "No such presence.", status: 404 });
	fake.setPresence(id, definition[1]);
	const { modifiedDate, systemPresence } = fake.state.presence;
	send(200, { presenceDefinition: { id, systemPresence }, modifiedDate });
}

function answerConversation(fake: FakeInlay, method: string, path: string, body: unknown, send: Send): unknown {
	if (path.endsWith("/assign")) return send(202, {});
	const id = path.split("/").find((part) => fake.calls.all.has(part)) ?? "";
	const change = (body ?? {}) as {
		state?: string;
		held?: boolean;
		muted?: boolean;
		recording?: boolean;
		recordingState?: string;
		wrapup?: object;
	};
	if (path.endsWith("/wrapupcodes"))
		return send(200, [
			{ id: "w1", name: "Solved" },
			{ id: "w2", name: "Call back" },
		]);
	if (
		path.endsWith("/digits") ||
		(path.includes("/replace/") && !fake.state.transferRefused) ||
		path.endsWith("/attributes")
	)
		return send(202);
	if (path.includes("/replace/"))
		return send(409, { code: "bad.request", message: fake.state.transferRefused, status: 409 });
	if (path.endsWith("/flaggedreason")) {
		if (body !== undefined) return send(400, { code: "bad.request", message: "It takes no body.", status: 400 });
		fake.calls.changeAgent(id, { flaggedReason: method === "PUT" ? "general" : undefined });
		return send(204);
	}
	const state = change.recordingState?.toLowerCase();
	if (path.endsWith("/recordingstate"))
		fake.calls.change(id, { recordingState: state, securePause: state === "paused" });
	else if (change.wrapup) fake.calls.finishWork(id, change.wrapup);
	else if (change.state === "disconnected") {
		fake.calls.end(id);
		fake.stream.terminate(id);
	} else if (change.state === "connected") fake.calls.connect(id);
	else if (change.recording !== undefined)
		fake.calls.change(id, { recordingState: change.recording ? "active" : "none" });
	else if (change.held !== undefined)
		fake.calls.change(id, { held: change.held, startHoldTime: change.held ? new Date().toISOString() : undefined });
	else fake.calls.change(id, change as Record<string, unknown>);
	send(202);
}
