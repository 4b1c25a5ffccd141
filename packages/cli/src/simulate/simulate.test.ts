import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { WebSocketServer } from "ws";
import { readDuration, readRate } from "./durations.ts";
import { ScenarioError } from "./fields.ts";
import { reportOf, reportText } from "./report.ts";
import { readScenario } from "./scenario.ts";
import { play } from "./simulate-command.ts";
import { stepsOf } from "./steps-of-options.ts";
import { watcherOf } from "./watch.ts";
import type { Outcome, World } from "./world.ts";

describe("a scenario", () => {
	it("is read with its times, in their order, with what is not said filled in", () => {
		const steps = readScenario({
			steps: [
				{ at: "2m", message: {} },
				{ at: 1.5, call: { talk: "500ms", hangUp: { when: "ringing", after: 2 } } },
			],
		});
		expect(steps.map(({ atMs, step }) => [atMs, step.kind])).toEqual([
			[1_500, "call"],
			[120_000, "message"],
		]);
		expect(steps[0]?.step).toMatchObject({
			talkMs: 500,
			patienceMs: 60_000,
			hangUp: { when: "ringing", afterMs: 2_000 },
		});
	});

	it.each([
		[undefined, "steps"],
		[{ steps: [] }, "steps"],
		[{ steps: [{ call: {} }], stepps: [] }, "stepps"],
		[{ steps: [{}] }, "steps[0]"],
		[{ steps: [{ call: {}, email: {} }] }, "steps[0]"],
		[{ steps: [{ call: {} }, { fax: {} }] }, "steps[1].fax"],
		[{ steps: [{ at: "soon", call: {} }] }, "steps[0].at"],
		[{ steps: [{ call: { hangUp: { when: "later" } } }] }, "steps[0].call.hangUp.when"],
		[{ steps: [{ call: { hangup: {} } }] }, "steps[0].call.hangup"],
		[{ steps: [{ call: { hz: 9_000 } }] }, "steps[0].call.hz"],
		[{ steps: [{ call: { to: 5 } }] }, "steps[0].call.to"],
		[{ steps: [{ call: { expect: "luck" } }] }, "steps[0].call.expect"],
		[{ steps: [{ call: { attributes: ["caseId"] } }] }, "steps[0].call.attributes"],
		[{ steps: [{ call: { attributes: { caseId: {} } } }] }, "steps[0].call.attributes.caseId"],
		[{ steps: [{ email: { text: "" } }] }, "steps[0].email.text"],
		[{ steps: [{ email: { attachments: "invoice.pdf" } }] }, "steps[0].email.attachments"],
		[{ steps: [{ email: { attachments: [5] } }] }, "steps[0].email.attachments[0]"],
		[{ steps: [{ message: { subject: "My order" } }] }, "steps[0].message.subject"],
		[{ steps: [{ webmessage: { hangUp: {} } }] }, "steps[0].webmessage.hangUp"],
		[{ steps: [{ webmessage: { patience: "long" } }] }, "steps[0].webmessage.patience"],
	])("that cannot be is refused by the field's name: %j", (given, field) => {
		expect(() => readScenario(given)).toThrow(ScenarioError);
		expect(() => readScenario(given)).toThrow(new RegExp(`^${field.replace(/[[\].]/g, "\\$&")} `));
	});
});

it("times and rates are read as people write them", () => {
	expect(["5s", "500ms", "10m", 2, "1.5s"].map(readDuration)).toEqual([5_000, 500, 600_000, 2_000, 1_500]);
	expect(["", "5", "-1s", "s", -1].map(readDuration)).toEqual([undefined, undefined, undefined, undefined, undefined]);
	expect([readRate("60/min"), readRate("2/s"), readRate("0/s"), readRate("many")]).toEqual([
		0.001,
		0.002,
		undefined,
		undefined,
	]);
});

it("a rate makes as many customers as come in the time", async () => {
	const steps = await stepsOf("call", { rate: "6/min", for: "30s", talk: "1s" });
	expect(steps.map(({ atMs }) => Math.round(atMs))).toEqual([0, 10_000, 20_000]);
	const [named] = await stepsOf("call", { attribute: ["caseId=4711", "note=a=b"] });
	expect(named?.step).toMatchObject({ attributes: { caseId: "4711", note: "a=b" } });
	await expect(stepsOf("call", { attribute: ["caseId"] })).rejects.toThrow("--attribute");
	await expect(stepsOf("call", { rate: "often" })).rejects.toThrow("--rate");
	await expect(stepsOf("call", { for: "often" })).rejects.toThrow("--for is of a steady load");
	await expect(stepsOf(undefined, {})).rejects.toThrow("Say what customers do");
});

it("what some customers alone can bring was left out of others and of scenarios without a word", async () => {
	const misplaced = [
		["message", { attribute: ["caseId=4711"] }, "--attribute is of call, callback, webmessage"],
		["email", { talk: "1s" }, "--talk is of call, callback, webmessage"],
		["message", { to: "+1" }, "--to is of call, callback"],
		["call", { text: "Hello" }, "--text is of message, webmessage, email"],
		["webmessage", { subject: "Hello" }, "--subject is of email"],
	] as const;
	for (const [kind, given, said] of misplaced) await expect(stepsOf(kind, given as object)).rejects.toThrow(said);
	await expect(stepsOf(undefined, { talk: "1s", scenario: "day.yaml" })).rejects.toThrow("day.yaml: --talk is of");
	await expect(stepsOf(undefined, { rate: "5/min", scenario: "day.yaml" })).rejects.toThrow("--rate is of");
});

it("a load of texts or emails was one conversation, as one sender wrote them all", async () => {
	const load = { rate: "6/min", for: "30s", text: "Hello" };
	const texts = await stepsOf("message", load);
	expect(new Set(texts.map(({ step }) => "phone" in step && step.phone)).size).toBe(3);
	const emails = await stepsOf("email", load);
	expect(new Set(emails.map(({ step }) => "from" in step && step.from)).size).toBe(3);
	expect(emails[0]?.step).toMatchObject({ text: "Hello", name: "Customer 1" });
});

it("what is attached lies beside the scenario, and a file that is not there is said before anybody comes", async () => {
	const folder = await mkdtemp(join(tmpdir(), "inlay-simulate-"));
	const scenario = join(folder, "day.json");
	try {
		await writeFile(scenario, JSON.stringify({ steps: [{ email: { attachments: ["invoice.pdf"] } }] }));
		await expect(stepsOf(undefined, { scenario })).rejects.toThrow(/attachments: .*invoice\.pdf cannot be read/);
		await writeFile(join(folder, "invoice.pdf"), "%PDF-1.4");
		const [step] = await stepsOf(undefined, { scenario });
		expect(step?.step).toMatchObject({ attachments: [join(folder, "invoice.pdf")] });
	} finally {
		await rm(folder, { recursive: true });
	}
});

it("a report tells waits of the answered, and what was said of errors", () => {
	const answered = (waitedMs: number): Outcome => ({ kind: "call", result: "answered", waitedMs, isExpected: true });
	const failed: Outcome = { kind: "call", result: "refused", text: "No such number.", isExpected: false };
	const report = reportOf([answered(3_000), answered(1_000), failed, failed]);
	expect(report).toMatchObject({ customers: 4, answered: 2, errors: 2, waitP50Ms: 1_000, waitP95Ms: 3_000 });
	expect(reportText(report)).toContain("2 × No such number.");
	expect(reportText(report)).toContain("Answered   2, after 1.0 s (p50) and 3.0 s (p95)\n");
	expect(reportText(reportOf([failed]))).toContain("Answered   0\n");
});

it("a report told of nobody's sound, and had messages from pages for texts that wait for no answer", () => {
	const heard: Outcome = { kind: "call", result: "answered", waitedMs: 1, heardMs: 900, isExpected: true };
	const left: Outcome = { kind: "webmessage", result: "abandoned", waitedMs: 5, isExpected: true };
	const report = reportOf([heard, { ...heard, heardMs: 0 }, left]);
	expect(report).toMatchObject({ answered: 2, heard: 1, abandoned: 1, webMessages: 1, sent: 0 });
	expect(reportText(report)).toContain("Heard      1\n");
	expect(reportText(reportOf([left]))).toBe("Customers  1\nAnswered   0\nAbandoned  1\nErrors     0");
});

it("customers who write were said to have been answered by nobody, after no time", () => {
	const written: Outcome = { kind: "message", result: "sent", isExpected: true };
	expect(reportText(reportOf([written, written]))).toBe("Customers  2\nWritten    2\nErrors     0");
});

it("what is typed wrong ends simulate as it ends every command", async () => {
	await expect(stepsOf(undefined, {})).rejects.toMatchObject({ exitCode: 2 });
	await expect(stepsOf("message", { talk: "5s" })).rejects.toMatchObject({ exitCode: 2 });
});

it("who was turned away stood nowhere in the report, and the rows did not add up", () => {
	const refused: Outcome = { kind: "call", result: "refused", text: "No such number.", isExpected: true };
	const failed: Outcome = { kind: "call", result: "failed", text: "The line was closed (1006).", isExpected: false };
	const report = reportOf([refused, refused, failed]);
	expect(report).toMatchObject({ customers: 3, refused: 2, failed: 1, errors: 1 });
	expect(reportText(report)).toContain("Refused    2\nFailed     1\nErrors     1\n");
});

it("several customers are told apart, and of a crowd each has one line", () => {
	const lines: string[] = [];
	const follow = (count: number) => {
		const steps = readScenario({ steps: Array.from({ length: count }, () => ({ call: {} })) });
		const watcher = watcherOf(steps, (line) => lines.push(line));
		watcher.happened(1, "rings", 1_500);
		watcher.over(1, { kind: "call", result: "abandoned", waitedMs: 2_000, isExpected: true });
		return lines.splice(0);
	};
	expect(follow(2)).toEqual(["call 2: rings (1.5 s)", "call 2: abandoned after 2.0 s"]);
	expect(follow(21)).toEqual([
		"21 customers come: each has a line when they are over.",
		"call 2: abandoned after 2.0 s",
	]);
});

describe("customers at the doors", () => {
	let server: Server;
	let api: string;
	/** What the server tells a call when it has said hello. */
	let states: string[];
	let heard: { type: string }[];
	/** What the server says to a page's message. */
	let answers: object[];
	let written: { url: string; body: unknown }[];
	/** What the terminal shows. */
	let said: string[];

	beforeAll(async () => {
		server = createServer((request, response) => {
			let body = "";
			request.on("data", (chunk) => {
				body += chunk;
			});
			request.on("end", () => {
				if (body) written.push({ url: request.url ?? "", body: JSON.parse(body) });
				const to = request.url === "/api/inlay/v1/webcalls" ? JSON.parse(body).to : undefined;
				if (to === "+1") response.writeHead(201).end(JSON.stringify({ id: "a", secret: "s", socketPath: "/line" }));
				else if (to === "+5") response.writeHead(500).end("{}");
				else if (to) response.writeHead(404).end(JSON.stringify({ message: "No such number." }));
				else response.writeHead(request.url === "/phone" ? 303 : 404).end();
			});
		});
		const sockets = new WebSocketServer({ noServer: true });
		server.on("upgrade", (request, socket, head) => {
			if (request.url === "/line")
				sockets.handleUpgrade(request, socket, head, (opened) => sockets.emit("connection", opened));
		});
		sockets.on("connection", (socket) =>
			socket.on("message", (data) => {
				const message = JSON.parse(String(data)) as { type: string };
				heard.push(message);
				if (message.type === "hello") for (const state of states) socket.send(JSON.stringify({ type: "state", state }));
				if (message.type === "callback") socket.send(JSON.stringify({ type: "state", state: "ended" }));
			}),
		);
		const pages = new WebSocketServer({ noServer: true });
		pages.on("connection", (socket) =>
			socket.on("message", (data) => {
				const message = JSON.parse(String(data)) as { type: string; proof?: string };
				heard.push(message);
				const asks = { type: "challenge", nonce: "n", bits: 8 };
				if (message.type === "hello") socket.send(JSON.stringify(message.proof ? { type: "session" } : asks));
				if (message.type === "message") for (const answer of answers) socket.send(JSON.stringify(answer));
			}),
		);
		server.on("upgrade", (request, socket, head) => {
			if (request.url === "/inlay/webmessaging/m1")
				pages.handleUpgrade(request, socket, head, (opened) => pages.emit("connection", opened));
		});
		await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
		api = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
	});

	afterAll(() => {
		server.closeAllConnections();
		server.close();
	});

	beforeEach(() => {
		states = [];
		heard = [];
		answers = [];
		written = [];
		said = [];
	});

	const world = (ended = new AbortController().signal): World => ({
		...{
			api,
			origin: "http://shop.example",
			service: "+1",
			caller: { name: "Clara", phone: "+2" },
			messenger: "m1",
			ended,
		},
		now: () => performance.now(),
		pause: () => Promise.resolve(),
	});

	async function playOne(step: object, ended?: AbortSignal): Promise<Outcome | undefined> {
		const steps = readScenario({ steps: [step] });
		const [outcome] = await play(
			world(ended),
			steps,
			watcherOf(steps, (line) => said.push(line)),
		);
		return outcome;
	}

	it("a call that is answered is talked to, and ends by the customer", async () => {
		states = ["connecting", "waiting", "ringing", "connected"];
		expect(await playOne({ call: { talk: 0 } })).toMatchObject({ result: "answered", isExpected: true });
		await expect.poll(() => heard.map(({ type }) => type)).toEqual(["hello", "hangup"]);
	});

	it("a call was silent until it was over: nobody knew that it waited, nor for whom", async () => {
		states = ["connecting", "waiting", "ringing", "connected", "connected", "held", "connected"];
		await playOne({ call: { talk: "100ms" } });
		expect(said.map((line) => line.replace(/\d+\.\d s\)?/g, "…"))).toEqual([
			"call: calls (…",
			"call: waits for somebody On Queue, for … at most (…",
			"call: rings (…",
			"call: is answered, talks for … (…",
			"call: is on hold (…",
			"call: is back from hold (…",
			"call: has talked, hangs up (…",
			"call: answered after …, heard nothing",
		]);
	});

	it.each(["connecting", "waiting", "ringing"])("a customer hangs up while it is %s", async (when) => {
		states = ["connecting", "waiting", "ringing"];
		expect(await playOne({ call: { hangUp: { when, after: 0 } } })).toMatchObject({
			result: "abandoned",
			isExpected: true,
		});
		await expect.poll(() => heard.at(-1)?.type).toBe("hangup");
	});

	it("a customer who waits asks to be called back", async () => {
		states = ["waiting"];
		expect(await playOne({ callback: { phone: "+49301" } })).toMatchObject({ result: "callback", isExpected: true });
		expect(heard).toContainEqual({ type: "callback", phone: "+49301" });
	});

	it("a wrong number is an error unless it is wanted", async () => {
		expect(await playOne({ call: { to: "+9" } })).toMatchObject({
			result: "refused",
			text: "No such number.",
			isExpected: false,
		});
		expect(await playOne({ call: { to: "+9", expect: "refused" } })).toMatchObject({ isExpected: true });
		expect(await playOne({ call: { to: "+5", expect: "refused" } })).toMatchObject({
			result: "failed",
			isExpected: false,
		});
	});

	it("a text is written, and an email that nobody takes is said so", async () => {
		expect(await playOne({ message: {} })).toMatchObject({ result: "sent" });
		expect(await playOne({ email: {} })).toMatchObject({ result: "refused", isExpected: false });
	});

	it("a text has its own sender, and an email what is attached to it", async () => {
		const folder = await mkdtemp(join(tmpdir(), "inlay-simulate-"));
		await writeFile(join(folder, "a.txt"), "Hi");
		await playOne({ message: { text: "Hello", phone: "+49301", name: "Bea" } });
		await playOne({ email: { from: "bea@customer.example", attachments: [join(folder, "a.txt")] } });
		expect(written).toMatchObject([
			{ url: "/phone", body: { text: "Hello", from: "+49301", name: "Bea" } },
			{ url: "/mailbox", body: { from: "bea@customer.example", files: [{ name: "a.txt", data: "SGk=" }] } },
		]);
		await rm(folder, { recursive: true });
	});

	it("who writes on a page does the work that is asked of pages, is answered, stays a while and ends it", async () => {
		const automatic = { type: "message", direction: "outbound", isAutomatic: true };
		answers = [{ type: "ack" }, automatic, { type: "message", direction: "outbound" }];
		const step = { webmessage: { text: "Hello", attributes: { order: 4217 }, talk: 0 } };
		expect(await playOne(step)).toMatchObject({ kind: "webmessage", result: "answered", isExpected: true });
		await expect.poll(() => heard.map(({ type }) => type)).toEqual(["hello", "hello", "message", "end"]);
		expect(heard[2]).toMatchObject({ text: "Hello", attributes: { name: "Clara", order: "4217" } });
	});

	it("who is not answered on a page ends it when their patience does, and is told what is refused", async () => {
		expect(await playOne({ webmessage: { patience: 0 } })).toMatchObject({ result: "abandoned", isExpected: true });
		answers = [{ type: "error", text: "That cannot be sent." }];
		expect(await playOne({ webmessage: {} })).toMatchObject({
			...{ result: "refused", text: "That cannot be sent.", isExpected: false },
		});
		await expect.poll(() => heard.filter(({ type }) => type === "end").length).toBe(2);
	});

	it("a call that was being placed when the simulation ended went on ringing", async () => {
		states = ["waiting"];
		const ending = new AbortController();
		const over = playOne({ call: {} }, ending.signal);
		await expect.poll(() => written.length).toBe(1);
		ending.abort();
		expect(await over).toMatchObject({ result: "abandoned" });
		await expect.poll(() => heard.map(({ type }) => type)).toEqual(["hello", "hangup"]);
	});

	it("who waits when the simulation ends hangs up", async () => {
		states = ["waiting"];
		const ending = new AbortController();
		const over = playOne({ call: {} }, ending.signal);
		await expect.poll(() => heard.length).toBe(1);
		ending.abort();
		expect(await over).toMatchObject({ result: "abandoned" });
	});
});
