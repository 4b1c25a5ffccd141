import { randomUUID } from "node:crypto";
import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { agentScopes, panelScopes } from "@inlay/contract";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Conversation } from "../conversations/model.ts";
import { connectedIn } from "../conversations/test-support/parties.ts";
import { conversationWorld, type World } from "../conversations/test-support/world.ts";
import type { Principal } from "../kernel/principal.ts";
import { fileRoutes } from "../kernel/storage/file-routes.ts";
import { seesEverything } from "../test-support/sees-everything.ts";
import { type TestApi, testApi, testPrincipal } from "../test-support/test-api.ts";
import { WAV_BYTES_PER_MS, wavHeader } from "../voice/media/wav.ts";
import type { FileFormat } from "./policy-model.ts";
import { createRecordings } from "./recordings.ts";
import { recordingRoutes } from "./routes.ts";
import { recordingRuleRoutes } from "./rule-routes.ts";
import { ulawHeaderBytes } from "./ulaw-wav.ts";
import { RecordingWork } from "./work.ts";

let world: World;
let folder: string;
let fileFormat: FileFormat = "WAV_ULAW";
let work: RecordingWork;
let api: TestApi;
let recordings: ReturnType<typeof createRecordings>;
const principals: Record<string, Principal> = {};
const ended = new Set<string>();

beforeAll(async () => {
	world = await conversationWorld();
	folder = await mkdtemp(join(tmpdir(), "inlay-recorded-"));
	const conversation = (id: string) => world.conversations.get(id);
	work = new RecordingWork(world.kernel, {
		...{ folder, organizationId: async () => "org-1", conversation },
		format: async () => fileFormat,
	});
	recordings = createRecordings(world.kernel, { rules: world.rules, conversation });
	const view = [{ permission: "recording:recording:view", divisions: "all" as const }];
	principals.supervisor = testPrincipal({ userId: "supervisor", tokenHash: "supervisor", grants: view });
	principals.elsewhere = testPrincipal({
		userId: "elsewhere",
		grants: [{ permission: "recording:recording:view", divisions: new Set(["far"]) }],
	});
	principals.admin = testPrincipal({ userId: "admin" });
	const isGood = async (session: string) => !ended.has(session);
	const routes = [
		...recordingRoutes(recordings),
		...recordingRuleRoutes(world.rules, seesEverything),
		...fileRoutes(world.kernel.storage, { isGood }),
	];
	api = await testApi(routes, principals);
});
afterAll(async () => {
	await api.close();
	await work.stop();
	await world.close();
	await rm(folder, { recursive: true, force: true });
});

/** A file as the engine leaves it: so much of a tone on the left, silence on the right. */
async function write(file: string, ms: number): Promise<{ bytes: number; durationMs: number }> {
	const data = Buffer.alloc(ms * WAV_BYTES_PER_MS);
	for (let at = 0; at < data.length; at += 4) data.writeInt16LE(Math.round(8000 * Math.sin(at)), at);
	await writeFile(join(folder, file), Buffer.concat([wavHeader(data.length), data]));
	return { bytes: 44 + data.length, durationMs: ms };
}

/** A call that its agent has recorded for a second, and what became of it. */
async function recorded(options: { pausedMs?: [number, number] } = {}) {
	const { agent, own, conversation } = await connectedIn(world);
	principals[agent] = testPrincipal({ userId: agent, tokenHash: agent, grants: [] });
	const by = { userId: agent, may: () => true };
	const now = await world.conversations.patchParticipant(conversation.id, own.id, { recording: true }, by);
	const recordingId = now.internal.recordingId ?? "";
	const file = `${randomUUID()}.wav`;
	const [from, to] = options.pausedMs ?? [];
	if (from !== undefined && to !== undefined) {
		await world.parts.marked(recordingId, { file, mark: "pause", offsetMs: from });
		await world.parts.marked(recordingId, { file, mark: "none", offsetMs: to });
	}
	const stop = async () => {
		await world.conversations.patchParticipant(conversation.id, own.id, { recording: false }, by);
		const startedMs = world.kernel.clock.now().getTime() - 1000;
		const part = { conversationId: conversation.id, recordingId, file, startedMs, ...(await write(file, 1000)) };
		await world.parts.finished(part);
	};
	return { agent, conversation, recordingId, file, stop, path: `/api/v2/conversations/${conversation.id}/recordings` };
}

async function settled(): Promise<void> {
	await world.kernel.jobs.runDue();
	await work.idle();
}

const get = (as: string, url: string) => api.call("GET", url, { as });
const open = (url: string, range?: string) =>
	api.call("GET", url.replace("http://localhost", ""), { headers: range ? { range } : {} });

describe("a recording", () => {
	it("was a file in a folder that nobody could hear: it is prepared, told, and played by its agent", async () => {
		const mark = await world.mark();
		const { agent, path, recordingId, stop, conversation } = await recorded({ pausedMs: [200, 600] });
		expect((await get(agent, path)).statusCode).toBe(202);
		await stop();
		const preparing = await get(agent, `${path}/${recordingId}`);
		expect([preparing.statusCode, preparing.json().fileState]).toEqual([202, "UPLOADING"]);
		await settled();
		expect(await readdir(folder)).toEqual([]);
		const told = (await world.since(mark)).find((one) => one.type === "recording.available");
		expect(told?.announcements).toMatchObject([
			{
				topics: [`v2.users.${agent}.conversations.${conversation.id}.recordings`],
				eventBody: { id: recordingId, fileState: "AVAILABLE" },
			},
		]);
		const answer = await get(agent, path);
		const [found] = answer.json();
		expect(answer.statusCode).toBe(200);
		expect(found).toMatchObject({
			id: recordingId,
			media: "audio",
			fileState: "AVAILABLE",
			recordingFileRole: "ADHOC",
			users: [{ id: agent }],
			annotations: [{ type: "pause", location: 200, durationMs: 400 }],
		});
		const { mediaUri, waveformData } = found.mediaUris["0"];
		expect(waveformData).toHaveLength(200);
		expect(Math.max(...waveformData)).toBeCloseTo(8000 / 32768, 1);
		const played = await open(mediaUri);
		expect(played.headers).toMatchObject({ "content-type": "audio/wav", "content-disposition": /^inline/ });
		expect(played.rawPayload.length).toBe(ulawHeaderBytes + 16_000);
		expect(played.rawPayload.readUInt16LE(20)).toBe(7);
	});

	it("is kept as Opus where the organization says so, and those from before as they are; what it is not is refused", async () => {
		const before = await recorded();
		await before.stop();
		await settled();
		fileFormat = "OGG_OPUS";
		const after = await recorded();
		await after.stop();
		await settled();
		fileFormat = "WAV_ULAW";
		expect(await readdir(folder), "nothing is left of its making").toEqual([]);
		const asked = async ({ path, recordingId }: typeof before, formatId: string) =>
			get("admin", `${path}/${recordingId}?formatId=${formatId}&download=true`);
		expect((await asked(after, "WAV_ULAW")).json()).toMatchObject({ status: 400, code: "not.supported" });
		expect((await asked(before, "OGG_OPUS")).json()).toMatchObject({ status: 400, code: "not.supported" });
		expect((await get("admin", `${before.path}?formatId=OGG_OPUS`)).json(), "the list was refused whole").toHaveLength(
			1,
		);
		const [found] = (await get("admin", `${after.path}?formatId=OGG_OPUS`)).json();
		expect(Math.max(...found.mediaUris["0"].waveformData)).toBeCloseTo(8000 / 32768, 1);
		const saved = await open((await asked(after, "OGG_OPUS")).json().mediaUris["0"].mediaUri);
		expect(saved.headers["content-disposition"]).toContain(`${after.recordingId}.ogg`);
		expect(saved.headers["content-type"]).toBe("audio/ogg");
		expect(saved.rawPayload.toString("latin1", 28, 36)).toBe("OpusHead");
		expect((await asked(before, "WEBM")).json().mediaUris["0"].mediaUri).toBeDefined();
	});

	it("of Anna's own was heard by Ben; a supervisor hears it, and the log says so (RC-5)", async () => {
		const { agent, conversation, path, recordingId, stop } = await recorded();
		await stop();
		await settled();
		const ben = await world.agent();
		principals.ben = testPrincipal({ userId: ben, grants: [] });
		const call = (await world.conversations.get(conversation.id)) as Conversation;
		const hears = async (as: string) => [...(await recordings.playable([call], principals[as] as Principal))];
		expect(await Promise.all([agent, "supervisor", "ben"].map(hears)), "every past call had a player").toEqual([
			[call.id],
			[call.id],
			[],
		]);
		const codes = { ben: "missing.permissions", elsewhere: "missing.division.permission" };
		for (const [as, code] of Object.entries(codes)) {
			for (const url of [path, `${path}/${recordingId}`, path.replace("recordings", "recordingmetadata")])
				expect((await get(as, url)).json()).toMatchObject({ status: 403, code });
		}
		const mark = await world.mark();
		const answer = await get("supervisor", `${path}/${recordingId}`);
		await open(answer.json().mediaUris["0"].mediaUri, "bytes=0-99");
		await open(answer.json().mediaUris["0"].mediaUri, "bytes=100-199");
		const entries = (await world.since(mark)).filter((one) => one.type === "recording.accessed");
		expect(entries.map((one) => one.data)).toMatchObject([{ access: "link" }, { access: "play" }]);
	});

	it("could be played for ever by an address that somebody had kept (RC-6)", async () => {
		const { agent, path, recordingId, stop } = await recorded();
		await stop();
		await settled();
		const link = async () => (await get(agent, `${path}/${recordingId}`)).json().mediaUris["0"].mediaUri;
		const url = await link();
		const part = await open(url, "bytes=100-199");
		expect([part.statusCode, part.rawPayload.length]).toEqual([206, 100]);
		world.kernel.clock.advance(6 * 60_000);
		expect((await open(url)).statusCode).toBe(403);
		const another = await link();
		ended.add(agent);
		expect((await open(another)).json().code).toBe("file.link.over");
	});

	it("was saved by who may only play it", async () => {
		const { agent, path, recordingId, stop } = await recorded();
		await stop();
		await settled();
		const refused = await get(agent, `${path}/${recordingId}?download=true`);
		expect(refused.json()).toMatchObject({
			status: 403,
			messageParams: { permissions: "recording:recording:download" },
		});
		const answer = await get("admin", `${path}/${recordingId}?download=true&fileName=Call.wav`);
		const saved = await open(answer.json().mediaUris["0"].mediaUri);
		expect(saved.headers["content-disposition"]).toBe("attachment; filename=\"Call.wav\"; filename*=UTF-8''Call.wav");
	});

	it("stayed paused because nobody remembered: it goes on by itself, and its agent is warned before (RC-4)", async () => {
		const { conversation } = await recorded();
		const state = async () => (await world.conversations.get(conversation.id))?.recordingState;
		const agent = conversation.participants.findLast((one) => one.purpose === "agent");
		const by = { userId: agent?.userId ?? "", may: () => true };
		await world.conversations.setRecordingState(conversation.id, "PAUSED", by);
		const mark = await world.mark();
		world.kernel.clock.advance(110_000);
		await world.kernel.jobs.runDue();
		const told = (await world.since(mark)).filter((one) => one.type === "conversation.recording.resumes");
		expect(told.map((one) => one.data)).toEqual([{ conversationId: conversation.id, participantId: agent?.id }]);
		expect(await state()).toBe("PAUSED");
		world.kernel.clock.advance(10_000);
		await world.kernel.jobs.runDue();
		expect(await state()).toBe("ACTIVE");
	});

	it("of which no file came is said to have failed, and is not waited for for ever", async () => {
		const { agent, own, conversation } = await connectedIn(world);
		principals[agent] = testPrincipal({ userId: agent, grants: [] });
		const by = { userId: agent, may: () => true };
		await world.conversations.patchParticipant(conversation.id, own.id, { recording: true }, by);
		await world.conversations.patchParticipant(conversation.id, own.id, { recording: false }, by);
		world.kernel.clock.advance(61_000);
		await settled();
		const answer = await get(agent, `/api/v2/conversations/${conversation.id}/recordings`);
		expect([answer.statusCode, answer.json()[0].fileState]).toEqual([200, "ERROR"]);
		// It was late, as after a database that was away.
		const [recordingId, file] = [answer.json()[0].id, `${randomUUID()}.wav`];
		const part = { conversationId: conversation.id, recordingId, file, startedMs: 0, ...(await write(file, 100)) };
		await world.parts.finished(part);
		await settled();
		expect((await get(agent, `/api/v2/conversations/${conversation.id}/recordings`)).json()[0].fileState).toBe(
			"AVAILABLE",
		);
	});

	it("of a whole call was heard by who may see screens, snippets or segments only", async () => {
		const { path, conversation, recordingId, stop } = await recorded();
		await stop();
		await settled();
		for (const kind of ["screenRecording", "snippetRecording", "recordingSegment"]) {
			const grants = [{ permission: `recording:${kind}:view`, divisions: "all" as const }];
			principals.other = testPrincipal({ userId: await world.agent(), grants });
			expect((await get("other", path)).json()).toEqual([]);
			expect((await get("other", `${path}/${recordingId}`)).statusCode).toBe(403);
			const own = await get("other", `/api/v2/inlay/conversations/${conversation.id}/recordings`);
			expect(own.json()).toEqual({ entities: [] });
		}
	});

	it("was played by a script's token, whose client has the guide's fourteen scopes: only the panel's own token plays", async () => {
		const { agent, conversation, stop } = await recorded();
		await stop();
		await settled();
		const shared = { userId: agent, grants: [] };
		principals.script = testPrincipal({ ...shared, tokenHash: "script", scopes: [...agentScopes] });
		principals.scoped = testPrincipal({ ...shared, tokenHash: "scoped", scopes: [...panelScopes] });
		const url = `/api/v2/inlay/conversations/${conversation.id}/recordings`;
		expect((await get("script", url)).json().code).toBe("app.not.authorized.for.scope");
		expect((await get("scoped", url)).json().entities).toMatchObject([
			{ kind: "user", state: "available", durationMs: 1000 },
		]);
		expect((await get("script", `/api/v2/conversations/${conversation.id}/recordings`)).statusCode).toBe(403);
		principals.ben = testPrincipal({ userId: await world.agent(), grants: [] });
		expect((await get("ben", url)).statusCode).toBe(404);
	});
});

describe("a policy", () => {
	const policy = { name: "Support", enabled: true, queueIds: [], percent: 100, retentionDays: 30 };
	const call = (method: string, url: string, body?: unknown) =>
		api.call(method, `/api/inlay/v1/recordings/${url}`, { as: "admin", body });

	it("records calls whoever answers them, pauses for their agents, and its recordings go when their time is over", async () => {
		const made = (await call("POST", "policies", policy)).json();
		await world.rules.load();
		const { agent, own, conversation } = await connectedIn(world);
		expect(conversation).toMatchObject({
			recordingState: "ACTIVE",
			internal: { policyRecording: { policyId: made.id } },
		});
		const by = { userId: agent, may: () => false };
		await expect(world.conversations.setRecordingState(conversation.id, "NONE", by)).rejects.toMatchObject({
			status: 400,
		});
		const paused = await world.conversations.setRecordingState(conversation.id, "PAUSED", by);
		expect(paused).toMatchObject({ recordingState: "PAUSED", securePause: true });
		const recordingId = conversation.internal.policyRecording?.id ?? "";
		await world.conversations.partyLeft(conversation.id, own.id, "client");
		const file = `${randomUUID()}.wav`;
		const part = { conversationId: conversation.id, recordingId, file, startedMs: 0, ...(await write(file, 1000)) };
		await world.parts.finished(part);
		await settled();
		principals[agent] = testPrincipal({ userId: agent, grants: [] });
		const path = `/api/v2/conversations/${conversation.id}/recordings`;
		expect((await get(agent, path)).statusCode).toBe(403);
		const [found] = (await get("supervisor", path)).json();
		const link = found.mediaUris["0"].mediaUri;
		expect(found).toMatchObject({ recordingFileRole: "AGENT_EXPERIENCE", deleteDate: expect.any(String) });
		world.kernel.clock.advance(30 * 86_400_000 + 1000);
		await settled();
		expect((await get("supervisor", `${path}/${recordingId}`)).statusCode).toBe(404);
		expect((await get("supervisor", path)).json()).toEqual([]);
		expect((await open(link)).statusCode).toBe(403);
		await call("DELETE", `policies/${made.id}`);
		await world.rules.load();
	});

	it("for a queue that there is not recorded nothing, and of two policies with one name nobody knew which", async () => {
		const refused = await call("POST", "policies", { ...policy, name: "Typo", queueIds: ["xxxxxxxx"] });
		expect(refused.json()).toMatchObject({ status: 400, details: [{ fieldName: "queueIds" }] });
		const made = (await call("POST", "policies", { ...policy, name: "Twice" })).json();
		expect((await call("POST", "policies", { ...policy, name: "twice" })).statusCode).toBe(409);
		expect((await call("PUT", `policies/${made.id}`, { ...made, percent: 50 })).statusCode).toBe(200);
		expect((await call("PUT", `policies/${made.id}`, { ...made, version: 2, queueIds: ["x"] })).statusCode).toBe(400);
		expect((await call("DELETE", `policies/${made.id}`)).statusCode).toBeLessThan(300);
	});

	it("was saved over what somebody else had just saved", async () => {
		const made = (await call("POST", "policies", policy)).json();
		expect((await call("PUT", `policies/${made.id}`, { ...policy, percent: 50, version: 1 })).json().version).toBe(2);
		expect((await call("PUT", `policies/${made.id}`, { ...policy, version: 1 })).json().code).toBe("version.conflict");
		expect((await call("PUT", "settings", { duringHold: false, version: 1 })).json()).toMatchObject({
			version: 2,
			duringHold: false,
			resumeAfterSeconds: 120,
		});
		expect((await call("GET", "policies")).json().entities).toMatchObject([
			{ id: made.id, percent: 50, direction: null },
		]);
		await call("DELETE", `policies/${made.id}`);
		expect((await call("DELETE", `policies/${made.id}`)).statusCode).toBe(404);
		await call("PUT", "settings", { duringHold: true });
	});

	it("was made without a word to those who are recorded", async () => {
		expect((await call("GET", "settings")).json().beepSeconds).toBe(0);
		expect((await call("PUT", "settings", { beepSeconds: 121 })).json().code).toBe("constraint.validation");
		expect((await call("PUT", "settings", { beepSeconds: 15 })).json().beepSeconds).toBe(15);
		expect((await call("PUT", "settings", { fileFormat: "OGG_OPUS" })).json().fileFormat).toBe("OGG_OPUS");
		expect((await call("PUT", "settings", { fileFormat: "MP3" })).statusCode).toBe(400);
		await world.rules.load();
		expect(world.rules.current().beepSeconds).toBe(15);
		await call("PUT", "settings", { beepSeconds: 0 });
	});
});
