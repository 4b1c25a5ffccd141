import { createHmac, randomUUID } from "node:crypto";
import { createServer } from "node:http";
import { json } from "node:stream/consumers";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Api, apiOf } from "./support/api.ts";
import { freePorts } from "./support/free-port.ts";
import { GuestAfterKills } from "./support/guest-after-kills.ts";
import { startTestInlay, type TestInlay } from "./support/inlay.ts";
import { insistently } from "./support/insistently.ts";
import { automationToken, signIn } from "./support/sign-in.ts";
import { until } from "./support/until.ts";

const host = "127.0.0.1";
const kills = 30;
/** As fast as a messenger's page may write without an end (agent-features 11, "Security"), and a number may send. */
const paceMs = 1_100;
const secret = "sixteen letters!";
const phone = "+4915123456789";
const origin = "https://shop.example";
const channels = ["sms", "open", "webmessaging"] as const;
type Channel = (typeof channels)[number];

interface Thread {
	conversationId: string;
	communicationId: string;
	/** Texts as they were said, by direction; each is another one. */
	said: { inbound: string[]; outbound: string[] };
}

let inlay: TestInlay;
let farPort: number;
/** What came to the carrier and to the open channel's program: by which names each text did. */
const arrived = { sms: new Map<string, Set<string>>(), open: new Map<string, Set<string>>() };
/** Names of texts that the carrier has taken, and whose receipt it has still to bring. */
const receipts: string[] = [];

const far = createServer(async (request, response) => {
	const told = (await json(request)) as { id: string; text: string };
	const isText = request.url === "/sms";
	const id = isText ? String(request.headers["idempotency-key"]) : told.id;
	const all = arrived[isText ? "sms" : "open"];
	if (isText && !all.has(told.text)) receipts.push(id);
	all.set(told.text, (all.get(told.text) ?? new Set()).add(id));
	response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify({ id }));
});

beforeAll(async () => {
	farPort = await freePorts(1);
	await new Promise<void>((done) => far.listen(farPort, host, done));
	inlay = await startTestInlay({ flags: ["--may-call", `${host}:${farPort}`] });
}, 120_000);
afterAll(async () => {
	await inlay?.stop();
	await new Promise((done) => far.close(done));
});

async function agentToken(): Promise<string> {
	const { api, crm, clients, users } = inlay.demo;
	const { username, password } = users.agent;
	const redirectUri = `${crm}/oauth.html`;
	return signIn({ baseUrl: api, clientId: clients.implicit.id, grant: "token", redirectUri, username, password });
}

async function post(path: string, token: string, body: unknown, headers: Record<string, string> = {}) {
	return fetch(`${inlay.baseUrl}${path}`, {
		method: "POST",
		headers: { authorization: `Bearer ${token}`, "content-type": "application/json", ...headers },
		body: JSON.stringify(body),
	});
}

async function asked<T>(answer: Promise<Response>): Promise<T> {
	const got = await answer;
	const text = await got.text();
	if (!got.ok) throw new Error(`${got.status} ${text}`);
	return (text === "" ? undefined : JSON.parse(text)) as T;
}

/** An address of each channel, all answered by one queue in which the agent waits. */
async function setUp(admin: string): Promise<Record<Channel, string>> {
	const api = apiOf(inlay.baseUrl, admin);
	const queue = await api.call("POST", "/routing/queues", { name: "Kills" });
	await api.call("POST", `/routing/queues/${queue.id}/members`, [{ id: inlay.demo.users.agent.id }]);
	const utilization = { message: { maximumCapacity: channels.length } };
	await api.call("PUT", `/routing/users/${inlay.demo.users.agent.id}/utilization`, { utilization });
	const make = async (channel: Channel, provider: string, address: string | undefined, settings: object) => {
		const wish = { name: `Kills ${channel}`, channel, provider, queueId: queue.id, settings };
		const body = { ...wish, ...(address ? { address } : {}) };
		return (await asked<{ id: string }>(post("/api/inlay/v1/messaging/addresses", admin, body))).id;
	};
	const to = (path: string) => ({ webhookUrl: `http://${host}:${farPort}/${path}`, secret });
	return {
		sms: await make("sms", "http", "+493010001", to("sms")),
		open: await make("open", "open", "kills", to("open")),
		webmessaging: await make("webmessaging", "web", undefined, { messenger: { origins: [origin] } }),
	};
}

async function goOnQueue(api: Api): Promise<void> {
	const { entities } = await api.call("GET", "/presencedefinitions?pageSize=100");
	const onQueue = entities.find((one: { systemPresence: string }) => /on.?queue/i.test(one.systemPresence));
	const path = `/users/${inlay.demo.users.agent.id}/presences/purecloud`;
	await api.call("PATCH", path, { presenceDefinition: { id: onQueue.id } });
}

/** Takes what rings, until the agent has one conversation of each channel. */
async function takeAll(api: Api): Promise<Record<Channel, Omit<Thread, "said">>> {
	const taken: Partial<Record<Channel, Omit<Thread, "said">>> = {};
	await until("each conversation is taken", async () => {
		const { entities } = await api.call("GET", "/conversations");
		for (const { id, participants } of entities) {
			const agent = participants.findLast((one: { purpose: string }) => one.purpose === "agent");
			const [message] = agent?.messages ?? [];
			if (message?.state === "alerting")
				await api.call("PATCH", `/conversations/messages/${id}/participants/${agent.id}`, { state: "connected" });
			if (message?.state !== "connected") continue;
			const channel = channels.find((one) => message.type === one);
			if (channel) taken[channel] = { conversationId: id, communicationId: message.id };
		}
		return channels.every((one) => taken[one]);
	});
	return taken as Record<Channel, Omit<Thread, "said">>;
}

/** The whole thread, page by page. */
async function threadOf(conversationId: string, token: string): Promise<ThreadMessage[]> {
	const headers = { authorization: `Bearer ${token}` };
	const all: ThreadMessage[] = [];
	for (;;) {
		const before = all[0] ? `&before=${all[0].id}` : "";
		const path = `/api/inlay/v1/conversations/messages/${conversationId}/thread?pageSize=100${before}`;
		type Page = { entities: ThreadMessage[]; hasMore: boolean };
		const page: Page = await asked<Page>(fetch(`${inlay.baseUrl}${path}`, { headers }));
		all.unshift(...page.entities);
		if (!page.hasMore) return all;
	}
}

it(`no message was lost, and none doubled, over ${kills} kills while texts, open and web messages came and went`, async () => {
	const admin = await automationToken(inlay.demo);
	const addresses = await setUp(admin);
	const token = await agentToken();
	const agent = apiOf(inlay.baseUrl, token);
	await goOnQueue(agent);
	const guest = new GuestAfterKills(
		`${inlay.baseUrl.replace(/^http/, "ws")}/inlay/webmessaging/${addresses.webmessaging}`,
		origin,
	);

	const carrier = async (event: object) => {
		const body = JSON.stringify(event);
		const mark = `sha256=${createHmac("sha256", secret).update(body).digest("base64")}`;
		const path = `/api/inlay/v1/messaging/addresses/${addresses.sms}/inbound`;
		const headers = { "content-type": "application/json", "x-hub-signature-256": mark };
		const answer = await fetch(`${inlay.baseUrl}${path}`, { method: "POST", headers, body });
		if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
		return true;
	};
	const bring = {
		sms: (text: string, id: string) => carrier({ id, from: phone, text }),
		async open(text: string, messageId: string) {
			const from = { id: "carol", idType: "Opaque" };
			const channel = { from, time: new Date().toISOString(), messageId };
			const path = `/api/v2/conversations/messages/${addresses.open}/inbound/open/message`;
			await asked(post(path, admin, { channel, text }));
			return true;
		},
		webmessaging: (text: string, clientId: string) => guest.write(text, clientId),
	};
	for (const channel of channels) await insistently(() => bring[channel](`${channel} in 0`, randomUUID()));
	const taken = await takeAll(agent);
	const threads = Object.fromEntries(
		channels.map((one) => [one, { ...taken[one], said: { inbound: [`${one} in 0`], outbound: [] } }]),
	) as unknown as Record<Channel, Thread>;

	const write = async ({ conversationId, communicationId }: Thread, text: string, key: string) => {
		const path = `/api/v2/conversations/messages/${conversationId}/communications/${communicationId}/messages`;
		const answer = await post(path, token, { textBody: text }, { "idempotency-key": key });
		const said = await answer.text();
		// It was done by a server that was killed before it could say so.
		if (answer.status === 409 && said.includes("idempotency.answer.lost")) return true;
		if (!answer.ok) throw new Error(`${answer.status} ${said}`);
		return true;
	};

	let isOver = false;
	let isReceived = false;
	const pause = () => new Promise((done) => setTimeout(done, paceMs));
	const flows = channels.flatMap((channel) => {
		const { said } = threads[channel];
		return [
			async () => {
				for (let count = 1; !isOver; count += 1) {
					const [text, id] = [`${channel} in ${count}`, randomUUID()];
					await insistently(() => bring[channel](text, id));
					said.inbound.push(text);
					await pause();
				}
			},
			async () => {
				for (let count = 0; !isOver; count += 1) {
					const [text, key] = [`${channel} out ${count}`, randomUUID()];
					await insistently(() => write(threads[channel], text, key));
					said.outbound.push(text);
					await pause();
				}
			},
		];
	});
	const receiving = async () => {
		for (; !isReceived; await pause()) {
			const id = receipts[0];
			if (id === undefined) continue;
			await insistently(() => carrier({ id, status: "DELIVRD" }));
			receipts.shift();
		}
	};
	const going = flows.map((flow) => flow());
	const receiver = receiving();
	const counts = () => channels.flatMap((one) => [threads[one].said.inbound.length, threads[one].said.outbound.length]);
	for (let kill = 0; kill < kills; kill += 1) {
		// A server that answers on every way, at whatever moment of the next messages.
		const before = counts();
		await until("messages come and go", () => counts().every((one, index) => one > (before[index] ?? 0)), 90_000);
		await new Promise((done) => setTimeout(done, Math.random() * 500));
		await inlay.kill9();
		await inlay.restart();
	}
	isOver = true;
	await Promise.all(going);

	for (const channel of channels) {
		const { conversationId, said } = threads[channel];
		const listed = () => threadOf(conversationId, token);
		const wanted = [...said.inbound, ...said.outbound].sort();
		const all = await listed();
		expect(all.map(({ text }) => text).sort()).toEqual(wanted);
		await until(
			`all of ${channel} have gone`,
			async () =>
				(await listed()).every(({ direction, status }) => direction === "inbound" || gone[channel].has(status)),
			180_000,
		);
	}
	isReceived = true;
	await receiver;
	// The same may come twice after a cut behind its taking: under one name, by which it is known.
	for (const channel of ["sms", "open"] as const) {
		expect([...arrived[channel]].filter(([, ids]) => ids.size > 1)).toEqual([]);
		expect([...arrived[channel].keys()].sort()).toEqual([...threads[channel].said.outbound].sort());
	}
	const { said } = threads.webmessaging;
	await until("the page has everything", () => guest.texts.length >= said.inbound.length + said.outbound.length);
	expect([...guest.texts].sort()).toEqual([...said.inbound, ...said.outbound].sort());
	expect(guest.mistakes).toEqual([]);
	guest.close();
}, 1_500_000);

interface ThreadMessage {
	id: string;
	text: string;
	direction: "inbound" | "outbound";
	status: string;
}

/** How far what was sent has come in the end. */
const gone: Record<Channel, ReadonlySet<string>> = {
	sms: new Set(["delivery-success"]),
	open: new Set(["sent"]),
	webmessaging: new Set(["sent", "delivery-success", "read"]),
};
